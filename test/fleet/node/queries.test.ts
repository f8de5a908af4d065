import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { decodeBytes } from '../../../lib/node/bytes.js';
import {
  type Answer,
  group,
  type PathAnswer,
  passwd,
  path,
  pkg,
  read,
  readScript,
  tree,
  unit,
} from '../../../lib/node/queries/query.js';
import { fleetSuite, onNode } from '../fleet.js';
import { onLab } from './nodes.js';

const test = fleetSuite('node: queries', { nodes: 1 });

const name = fc
  .uint8Array({ minLength: 1, maxLength: 40 })
  .map((a) => a.map((b) => (b === 0 || b === 0x2f ? 0x27 : b)));

test('file names and contents of random bytes', async ({ lab }) => {
  await onLab(lab, async (node) => {
    const file = fc.tuple(name, fc.uint8Array({ maxLength: 5000 }));
    const property = fc.asyncProperty(
      fc.uniqueArray(file, { maxLength: 8, selector: ([n]) => String(n) }),
      async (files) => {
        const made = files.map(([n, content], i) => ({ path: `/root/q/${i}${decodeBytes(n)}`, content }));
        await node.apply(
          [
            { kind: 'mkdir', path: '/root/q', parents: true },
            ...made.map((f) => ({
              kind: 'write' as const,
              path: f.path,
              content: { kind: 'bytes' as const, data: f.content },
              expect: { state: 'absent' as const },
            })),
          ],
          [],
        );
        const answers = (await node.ask([
          ...made.map((f) => path(f.path, { content: true })),
          tree('/root/q'),
        ])) as Answer[];
        made.forEach((f, i) => {
          const answer = answers[i] as PathAnswer;
          assert.ok(answer.exists && Buffer.from(answer.content!).equals(Buffer.from(f.content)));
        });
        const all = answers.at(-1)!;
        assert.equal(
          all.kind === 'tree' && all.entries.map((e) => e.path).sort(),
          ['/root/q', ...made.map((f) => f.path)].sort(),
        );
        await node.apply([{ kind: 'remove', path: '/root/q', recurse: true }], []);
      },
    );
    await fc.assert(property, { numRuns: 15 });
  });
});

test('packages, units, users and groups of a booted system', async ({ lab }) => {
  await onLab(lab, async (node) => {
    const [bash, none, ssh, gone, template, root, nobody, sudo] = await node.ask([
      pkg('bash'),
      pkg('no-such-package'),
      unit('ssh'),
      unit('gone.timer'),
      unit('getty@'),
      passwd('root'),
      passwd('no-such-user'),
      group('sudo'),
    ]);
    assert.ok(bash?.kind === 'package' && bash.installed && /^\d/.test(bash.version) && !bash.held);
    assert.ok(none?.kind === 'package' && !none.installed && none.status === '');
    assert.ok(ssh?.kind === 'unit' && ssh.found && ssh.properties.ActiveState === 'active');
    assert.is(ssh.properties.UnitFileState, 'enabled');
    assert.ok(gone?.kind === 'unit' && !gone.found);
    assert.ok(template?.kind === 'unit' && template.found && template.properties.UnitFileState !== undefined);
    assert.ok(
      root?.kind === 'passwd' && root.found && root.uid === 0 && root.local && root.primaryGroup === 'root',
    );
    assert.equal(nobody, { kind: 'passwd', found: false });
    assert.ok(sudo?.kind === 'group' && sudo.found && sudo.local);
  });
});

test('a held package, and one that provides another', async ({ lab }) => {
  await onNode(lab, 'n1', 'apt-mark hold bash');
  await onLab(lab, async (node) => {
    const [bash, awk] = await node.ask([pkg('bash'), pkg('awk')]);
    assert.ok(bash?.kind === 'package' && bash.installed && bash.held);
    assert.equal(awk?.kind === 'package' && [awk.installed, awk.providers], [false, ['mawk']]);
  });
});

test('a user sees shadow only when he may', async ({ lab }) => {
  const ask = (user: string) =>
    onLab(lab, (node) => node.ask([passwd('operator'), path('/etc/shadow', { content: true })]), user);
  const [asRoot] = await ask('root');
  const [asAdmin, file] = await ask('admin');
  assert.ok(asRoot?.kind === 'passwd' && asRoot.found && asRoot.password.startsWith('$'));
  assert.ok(asAdmin?.kind === 'passwd' && asAdmin.found && asAdmin.password === '');
  assert.ok(file?.kind === 'path' && file.exists && !file.readable && file.content === undefined);
});

test('500 paths are one question', async ({ lab }) => {
  await onLab(lab, async (node) => {
    await onNode(
      lab,
      'n1',
      'mkdir -p /root/many; cd /root/many; for i in $(seq 250); do echo $i >"f $i"; done',
    );
    const queries = Array.from({ length: 500 }, (_, i) =>
      path(`/root/many/f ${i + 1}`, { content: true, checksum: 'sha1' }),
    );
    const answers = await node.ask(queries);
    answers.forEach((answer, i) => {
      assert.ok(answer.kind === 'path');
      assert.is(answer.exists && Buffer.from(answer.content!).toString(), i < 250 && `${i + 1}\n`);
    });
  });
});

test('a question whose command is killed, or writes what it likes, hurts no other', async ({ lab }) => {
  await onLab(lab, async (node) => {
    const [killed, noise, fine] = await node.ask([
      readScript('sh -c "kill -9 \\$\\$"'),
      readScript('head -c 100000 /dev/urandom; head -c 5000 /dev/urandom >&2; exec >&- 2>&-; exit 9'),
      read(['echo', 'ok']),
    ]);
    assert.ok(killed?.kind === 'read' && killed.rc === 137);
    assert.ok(
      noise?.kind === 'read' &&
        noise.rc === 9 &&
        noise.stdout.length === 100000 &&
        noise.stderr.length === 5000,
    );
    assert.ok(fine?.kind === 'read' && String(fine.stdout) === 'ok\n');
  });
});

test.run();
