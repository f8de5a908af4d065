import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import type { WriteAction } from '../../../lib/node/actions/action.js';
import { text } from '../../../lib/node/content.js';
import { path } from '../../../lib/node/queries/query.js';
import { fleetSuite, onNode } from '../fleet.js';
import { onLab } from './nodes.js';
import { withFolder } from './reach.js';

const test = fleetSuite('node: actions', { nodes: 1 });

const write = (file: string, content: string, more: Partial<WriteAction> = {}): WriteAction => ({
  kind: 'write',
  path: file,
  content: text(content),
  expect: { state: 'any' },
  ...more,
});

test('owner, mode, ACL, attributes and extended attributes of a file are kept', async ({ lab }) => {
  const python = 'command -v setfacl >/dev/null || apt-get install -yq acl attr >/dev/null';
  await onNode(
    lab,
    'n1',
    `${python}; cd /root; echo old >f; chown admin:operator f; chmod 2750 f; setfacl -m u:nobody:r f; setfattr -n user.x -v y f`,
  );
  await onLab(lab, async (node) => {
    const { outcomes } = await node.apply([write('/root/f', 'new')], []);
    assert.is(outcomes[0]!.rc, 0, String(outcomes[0]!.stderr));
  });
  const seen = await onNode(
    lab,
    'n1',
    'cd /root; cat f; stat -c "%U %G %a" f; getfacl -c f | grep nobody; getfattr --only-values -n user.x f',
  );
  assert.is(seen, 'newadmin operator 2750\nuser:nobody:r--\ny');
});

test('owner and group by name and id', async ({ lab }) => {
  await onLab(lab, async (node) => {
    await node.apply(
      [
        write('/root/a', '', { attributes: { owner: 'admin', group: '0', mode: 0o640 } }),
        { kind: 'mkdir', path: '/root/d', parents: false, attributes: { owner: 'admin' } },
        { kind: 'link', path: '/root/l', target: 'a', hard: false, attributes: { group: 'operator' } },
        {
          kind: 'attributes',
          path: '/root/d',
          follow: false,
          recurse: true,
          attributes: { owner: 'operator', group: 'admin' },
        },
      ],
      [],
    );
  });
  assert.is(
    await onNode(lab, 'n1', 'cd /root; stat -c "%n %U %G" a d l'),
    'a admin root\nd operator admin\nl root operator\n',
  );
});

test('a full disk leaves the old file and nothing else', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'mkdir -p /mnt/tiny; mount -t tmpfs -o size=64k tmpfs /mnt/tiny; echo old >/mnt/tiny/f',
  );
  await onLab(lab, async (node) => {
    const { outcomes, failed } = await node.apply(
      [write('/mnt/tiny/f', 'x'.repeat(200_000), { backup: true })],
      [],
    );
    assert.is(failed, 0);
    assert.match(String(outcomes[0]!.stderr), /No space left on device/);
    const after = await node.apply([write('/mnt/tiny/f', 'new')], [path('/mnt/tiny/f')]);
    assert.is(after.failed, undefined);
  });
  assert.is(await onNode(lab, 'n1', 'ls -A /mnt/tiny; cat /mnt/tiny/f; umount /mnt/tiny'), 'f\nnew');
});

test('a bind-mounted file can only be written into', async ({ lab }) => {
  await onNode(lab, 'n1', 'cd /root; echo old >real; touch bound; mount --bind real bound');
  await onLab(lab, async (node) => {
    const refused = await node.apply([write('/root/bound', 'new')], []);
    assert.match(String(refused.outcomes[0]!.stderr), /busy/i);
    const done = await node.apply([write('/root/bound', 'new', { unsafe: true })], []);
    assert.is(done.failed, undefined);
  });
  assert.is(await onNode(lab, 'n1', 'cd /root; cat real; umount bound; ls -A | grep -c ffe- || :'), 'new0\n');
});

test('a lost connection leaves no half-written file and no temporary one', async ({ lab }) => {
  await onLab(lab, async (node, connection) => {
    await node.apply([{ kind: 'mkdir', path: '/root/cut', parents: false }, write('/root/cut/f', 'old')], []);
    const slow = write('/root/cut/f', 'new', { validate: 'sleep 30' });
    const lost = node.apply([slow], []).then(
      () => 'done',
      (error: Error & { code?: string }) => error.code ?? error.message,
    );
    await onNode(lab, 'n1', 'for i in $(seq 100); do pgrep -x sleep >/dev/null && break; sleep 0.05; done');
    await connection.reset();
    assert.is.not(await lost, 'done');
  });
  const wait =
    'for i in $(seq 100); do ls -A /root/cut | grep -q ffe- || break; sleep 0.1; done; ls -A /root/cut; cat /root/cut/f';
  assert.is(await onNode(lab, 'n1', wait), 'f\nold');
});

test('a user who does not own the directory is told so', async ({ lab }) => {
  await onLab(
    lab,
    async (node) => {
      const { outcomes } = await node.apply([write('/root/x', '')], []);
      assert.match(String(outcomes[0]!.stderr), /does not exist|ermission denied/);
      const own = await node.apply(
        [write('mine', 'x'), write('mine', 'y', { attributes: { mode: 0o600 } })],
        [],
      );
      assert.is(own.failed, undefined, String(own.outcomes.at(-1)?.stderr));
    },
    'admin',
  );
  assert.is(await onNode(lab, 'n1', 'cd ~admin; cat mine; stat -c "%U %a" mine'), 'yadmin 600\n');
});

test('a large file travels with flat memory, holes and all', async ({ lab }) => {
  const size = 200 * 1024 * 1024;
  await withFolder(async (folder) => {
    const from = join(folder, 'big');
    const file = openSync(from, 'w');
    writeSync(file, 'begin');
    ftruncateSync(file, size);
    closeSync(file);
    const content = { kind: 'local', path: from, size, sha1: '' } as const;
    const before = process.memoryUsage().rss;
    const peak = { rss: before };
    const timer = setInterval(() => {
      peak.rss = Math.max(peak.rss, process.memoryUsage().rss);
    }, 20);
    await onLab(lab, async (node) => {
      const applied = await node.apply(
        [write('/root/big', '', { content, attributes: { mode: 0o600 } })],
        [path('/root/big')],
      );
      const [answer] = applied.answers;
      assert.ok(answer?.kind === 'path' && answer.exists && answer.size === size && answer.mode === 0o600);
    });
    clearInterval(timer);
    assert.ok(peak.rss - before < size / 2, `${Math.round((peak.rss - before) / 1e6)} MB more memory`);
  });
  assert.is(
    await onNode(lab, 'n1', 'head -c 5 /root/big; rm /root/big; ls -A /root | grep -c ffe- || :'),
    'begin0\n',
  );
});

test.run();
