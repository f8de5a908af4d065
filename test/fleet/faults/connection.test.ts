import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import {
  labFreeze,
  labLink,
  labPowerOff,
  labReboot,
  labStart,
  labThaw,
  nodeNamed,
} from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { keyCopy, withFolder } from '../node/reach.js';
import { runProgram } from '../twin/programs.js';
import { playOf, recapOf, runPlays, when } from './play.js';

const test = fleetSuite('faults of connections', { nodes: 2 });

const go = { name: 'go', copy: { content: 'x\n', dest: '/root/went' } };

test('a connection that ends in the middle of a task', async ({ lab }) => {
  const cut =
    'pid=$(ps -o ppid= -p $PPID | tr -d \' \'); [ "$(hostname)" = n2 ] || { pkill -9 -x sshd -P $(cat /run/sshd.pid); sleep 20; }';
  const ended = await runPlays(lab, { plays: [playOf([{ name: 'cut', shell: cut }, go])] });
  assert.is(ended.code, 4, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /fatal: \[n1\]: UNREACHABLE! => /);
  assert.is(recapOf(ended, 'n1'), 'ok=0 changed=0 unreachable=1 failed=0');
  assert.is(recapOf(ended, 'n2'), 'ok=2 changed=2 unreachable=0 failed=0');
});

test('a node that loses power between tasks', async ({ lab }) => {
  const pause = { name: 'wait', command: 'sleep 4', delegate_to: 'n2', run_once: true };
  const ended = await runPlays(lab, {
    plays: [playOf([{ name: 'hello', ping: {} }, pause, go])],
    onOutput: when('TASK [wait]', () => void labPowerOff(lab, 'n1')),
    args: ['-T', '3'],
  });
  await labStart(lab, 'n1');
  assert.is(ended.code, 4, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /fatal: \[n1\]: UNREACHABLE! => /);
  assert.match(recapOf(ended, 'n2'), /unreachable=0 failed=0/);
});

test('a node that is rebooted between plays is logged in to again', async ({ lab }) => {
  const booted = { done: Promise.resolve() };
  const ended = await runPlays(lab, {
    plays: [
      playOf([{ name: 'hello', ping: {} }]),
      playOf([{ name: 'wait', command: 'sleep 6' }], { hosts: 'n2' }),
      playOf([{ name: 'back', wait_for_connection: { timeout: 30 } }, go], { hosts: 'n1' }),
    ],
    onOutput: when('TASK [wait]', () => {
      booted.done = labReboot(lab, 'n1');
    }),
  });
  await booted.done;
  assert.is(ended.code, 0, ended.stdout + ended.stderr);
  assert.match(recapOf(ended, 'n1'), /^ok=3 .* unreachable=0 failed=0/);
});

test('a node that is frozen, down or has no sshd: the time limit holds', async ({ lab }) => {
  await labFreeze(lab, 'n1');
  const frozen = await runPlays(lab, { plays: [playOf([go])], args: ['-T', '2'] });
  await labThaw(lab, 'n1');
  assert.is(frozen.code, 4, frozen.stdout + frozen.stderr);
  assert.match(frozen.stdout, /fatal: \[n1\]: UNREACHABLE! => .*timed out after 2 s/);
  await labLink(lab, 'n1', 'down');
  const down = await runPlays(lab, { plays: [playOf([go])], args: ['-T', '2'] });
  await labLink(lab, 'n1', 'up');
  assert.is(down.code, 4, down.stdout + down.stderr);
  const closed = await runPlays(lab, { plays: [playOf([go])], vars: { ansible_port: '2' } });
  assert.is(closed.code, 4);
  assert.match(closed.stdout, /refused/);
});

test('something that is not sshd answers', async ({ lab }) => {
  const server = createServer((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  const ended = await runPlays(lab, {
    plays: [playOf([go])],
    args: ['-e', `ansible_host=127.0.0.1 ansible_port=${port} ansible_connection=ssh`],
  });
  server.close();
  assert.is(ended.code, 4, ended.stdout + ended.stderr);
  assert.match(ended.stdout, /UNREACHABLE/);
});

test('a changed host key refuses and shows both fingerprints', async ({ lab }) => {
  await withFolder(async (folder) => {
    const other = keyCopy(lab, folder);
    const { stdout } = await runProgram(['ssh-keygen', '-y', '-f', other]);
    const known = join(folder, 'known_hosts');
    const { address } = nodeNamed(lab, 'n1');
    writeFileSync(known, `${address} ${stdout.split(' ').slice(0, 2).join(' ')}\n`);
    const vars = {
      ansible_ssh_common_args: `-F /dev/null -o UserKnownHostsFile=${known} -o GlobalKnownHostsFile=/dev/null`,
    };
    const ended = await runPlays(lab, { plays: [playOf([go], { hosts: 'n1' })], vars });
    assert.is(ended.code, 4, ended.stdout + ended.stderr);
    assert.is(new Set(ended.stdout.match(/SHA256:[\w+/]+/g)).size, 2, ended.stdout);
    const unknown = await runPlays(lab, { plays: [playOf([go], { hosts: 'n2' })], vars });
    assert.is(unknown.code, 4, unknown.stdout + unknown.stderr);
    assert.match(unknown.stdout, /SHA256:/);
    assert.not.match(readFileSync(known, 'utf8'), new RegExp(nodeNamed(lab, 'n2').address));
  });
});

test('a private key that the node does not know', async ({ lab }) => {
  await withFolder(async (folder) => {
    const key = join(folder, 'other');
    await runProgram(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', key]);
    const ended = await runPlays(lab, { plays: [playOf([go])], vars: { ansible_ssh_private_key_file: key } });
    assert.is(ended.code, 4, ended.stdout + ended.stderr);
    assert.match(ended.stdout, /UNREACHABLE! => .*other/);
  });
});

test('nothing half written is left on the nodes', async ({ lab }) => {
  for (const name of ['n1', 'n2'])
    assert.is(
      await onNode(
        lab,
        name,
        "find / -xdev -name '*.ffe*' -o -xdev -name '.ansible*' -not -path '/proc/*' | head",
      ),
      '',
    );
});

test.run();
