import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';
import { operatorPassword, withFolder } from '../node/reach.js';
import { playOf, recapOf, runPlays, when } from './play.js';

const test = fleetSuite('faults of tasks', { nodes: 1 });

const who = {
  name: 'who',
  command: 'id -un',
  become: true,
  register: 'me',
  failed_when: "me.stdout != 'root'",
};
const asOperator = { ansible_user: 'operator' };
const list = 'ls -A /root /tmp /mnt/full /mnt/locked 2>/dev/null | grep -v systemd-private';

test('sudo: right, wrong, missing password, and who may not', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'password');
    const plays = [playOf([who])];
    writeFileSync(file, `${operatorPassword(lab)}\n`, { mode: 0o600 });
    const right = await runPlays(lab, { plays, vars: asOperator, args: ['--become-password-file', file] });
    assert.is(right.code, 0, right.stdout + right.stderr);
    writeFileSync(file, 'no-such-secret\n');
    const wrong = await runPlays(lab, { plays, vars: asOperator, args: ['--become-password-file', file] });
    assert.is(wrong.code, 2, wrong.stdout + wrong.stderr);
    assert.match(wrong.stdout, /FAILED! => .*(Incorrect sudo password|wrong)/i);
    assert.not.match(wrong.stdout + wrong.stderr, /no-such-secret/);
    const missing = await runPlays(lab, { plays, vars: asOperator });
    assert.is(missing.code, 2, missing.stdout + missing.stderr);
    assert.match(missing.stdout, /FAILED! => .*Missing sudo password/i);
    await onNode(lab, 'n1', 'mv /etc/sudoers.d/operator /root/kept');
    writeFileSync(file, `${operatorPassword(lab)}\n`);
    const barred = await runPlays(lab, { plays, vars: asOperator, args: ['--become-password-file', file] });
    await onNode(lab, 'n1', 'mv /root/kept /etc/sudoers.d/operator');
    assert.is(barred.code, 2, barred.stdout + barred.stderr);
    assert.match(barred.stdout, /not in the sudoers|may not run sudo|not allowed/);
  });
});

test('a full disk: the old content stays, nothing else is left', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'mkdir -p /mnt/full && mount -t tmpfs -o size=64k tmpfs /mnt/full && echo old > /mnt/full/f',
  );
  const big = { name: 'big', copy: { content: '{{ "y" * 200000 }}', dest: '/mnt/full/f' } };
  const ended = await runPlays(lab, { plays: [playOf([big])] });
  const left = await onNode(lab, 'n1', 'cat /mnt/full/f; ls -A /mnt/full; umount /mnt/full');
  assert.is(ended.code, 2, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /fatal: \[n1\]: FAILED! => .*No space left on device/);
  assert.is(left, 'old\nf\n');
});

test('a file system that is only for reading', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'mkdir -p /mnt/locked && mount -t tmpfs tmpfs /mnt/locked && echo old > /mnt/locked/f && mount -o remount,ro /mnt/locked',
  );
  const ended = await runPlays(lab, {
    plays: [playOf([{ copy: { content: 'new\n', dest: '/mnt/locked/f' } }])],
  });
  const left = await onNode(lab, 'n1', 'cat /mnt/locked/f; ls -A /mnt/locked; umount /mnt/locked');
  assert.is(ended.code, 2, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /FAILED! => .*Read-only file system/);
  assert.is(left, 'old\nf\n');
});

test('a file that somebody else rewrites all the time is never half ours', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'echo 0 > /root/raced; systemd-run --quiet --unit=racer sh -c "i=0; while :; do i=\\$((i+1)); echo theirs \\$i > /root/.r && mv /root/.r /root/raced; done"',
  );
  const edit = { name: 'edit', lineinfile: { path: '/root/raced', line: 'ours', insertafter: 'EOF' } };
  const ended = await runPlays(lab, { plays: [playOf([edit])] });
  const seen = await onNode(lab, 'n1', 'systemctl stop racer; rm -f /root/.r; cat /root/raced; ls -A /root');
  assert.ok(ended.code === 0 || ended.code === 2, ended.stdout + ended.stderr);
  if (ended.code === 2) assert.match(ended.stdout, /kept changing on the node/);
  assert.match(seen, /^theirs \d+\n(ours\n)?/);
  assert.not.match(seen, /\.ffe/);
});

test('a template error in the middle stops the host and shows the place', async ({ lab }) => {
  const before = { name: 'before', copy: { content: 'x\n', dest: '/root/before' } };
  // A name that is nowhere would be found before the run.
  const broken = { name: 'broken', copy: { content: '{{ hostvars.n1.nowhere }}', dest: '/root/broken' } };
  const after = { name: 'after', copy: { content: 'x\n', dest: '/root/after' } };
  const ended = await runPlays(lab, { plays: [playOf([before, broken, after])] });
  assert.is(ended.code, 2, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /has no attribute 'nowhere'/);
  assert.is(recapOf(ended, 'n1'), 'ok=1 changed=1 unreachable=0 failed=1');
  assert.is(
    await onNode(lab, 'n1', 'cd /root; ls before broken after 2>/dev/null; rm -f before'),
    'before\n',
  );
});

test('Ctrl-C ends the run, its command and its connection', async ({ lab }) => {
  const before = await onNode(lab, 'n1', list);
  const ended = await runPlays(lab, {
    plays: [
      playOf([
        { name: 'long', shell: 'exec sleep 4321' },
        { name: 'more', ping: {} },
      ]),
    ],
    onOutput: when('TASK [long]', (pid) => void interruptWhenBusy(lab, pid)),
  });
  assert.is(ended.code, 99, ended.stdout + ended.stderr);
  const quiet =
    'for i in 1 2 3 4 5 6 7 8 9 10; do pgrep -f "sleep 4321" || break; sleep 0.5; done >/dev/null; pgrep -fx "sleep 4321"';
  assert.is((await tryOnNode(lab, 'n1', quiet)).stdout, '');
  assert.is(await onNode(lab, 'n1', list), before);
});

async function interruptWhenBusy(lab: Parameters<typeof onNode>[0], pid: number): Promise<void> {
  await onNode(
    lab,
    'n1',
    'for i in $(seq 100); do pgrep -fx "sleep 4321" >/dev/null && break; sleep 0.1; done',
  );
  process.kill(pid, 'SIGINT');
}

test('errors in two files are told together, and nothing is touched', async ({ lab }) => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'tasks.yml'), '- copy: {contents: x, dest: /root/never}\n');
    const text = [
      '- hosts: all',
      '  gather_fact: false',
      '  tasks:',
      '    - coppy: {content: x, dest: /root/never}',
      `    - import_tasks: ${join(folder, 'tasks.yml')}`,
      '',
    ].join('\n');
    // No host of that address exists: a connection would fail, and take its time.
    const ended = await runPlays(lab, { plays: [text], args: ['-e', 'ansible_host=192.0.2.1'] });
    assert.is(ended.code, 4, ended.stdout + ended.stderr);
    assert.is(ended.stdout, '');
    for (const words of ['gather_facts', "did you mean 'copy'", "'content'", 'play.yml:2:3', 'tasks.yml:1:'])
      assert.ok(ended.stderr.includes(words), `${words} in:\n${ended.stderr}`);
    assert.is((await tryOnNode(lab, 'n1', 'ls /root/never')).rc, 2);
  });
});

test('the password is in no process and no file of the node', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'password');
    writeFileSync(file, readFileSync(lab.passwordFile));
    const look = `tr '\\0' ' ' < /proc/$PPID/environ; cat /proc/[0-9]*/cmdline | tr '\\0' '\\n' | grep -c -F "$(cat)" || true`;
    const seen = { name: 'look', shell: { cmd: look, stdin: operatorPassword(lab) }, become: true };
    const ended = await runPlays(lab, {
      plays: [playOf([seen])],
      vars: asOperator,
      args: ['-v', '--become-password-file', file],
    });
    assert.is(ended.code, 0, ended.stdout + ended.stderr);
    assert.not.ok(ended.stdout.includes(operatorPassword(lab)));
  });
});

test.run();
