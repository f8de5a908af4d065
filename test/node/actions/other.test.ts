import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Action } from '../../../lib/node/actions/action.js';
import { type Scratch, withScratch } from '../scratch.js';

const umask = process.umask();
const modeOf = (file: string) => statSync(file).mode & 0o7777;
const perform = async ({ node }: Scratch, ...actions: Action[]) => (await node.apply(actions, [])).outcomes;
const said = async (scratch: Scratch, action: Action) => {
  const [outcome] = await perform(scratch, action);
  return outcome!.rc === 0 ? 'ok' : String(outcome!.stderr);
};

test('directories, with parents only on wish', () =>
  withScratch(async (scratch) => {
    const deep = `${scratch.dir}/a/b c/d`;
    assert.match(await said(scratch, { kind: 'mkdir', path: deep, parents: false }), /No such file/);
    assert.is(await said(scratch, { kind: 'mkdir', path: `${deep}/`, parents: true }), 'ok');
    assert.equal([modeOf(deep), modeOf(`${scratch.dir}/a`)], [0o777 & ~umask, 0o777 & ~umask]);
    const mode: Action = {
      kind: 'mkdir',
      path: `${scratch.dir}/x/y`,
      parents: true,
      attributes: { mode: 0o2750 },
    };
    assert.is(await said(scratch, mode), 'ok');
    assert.equal([modeOf(`${scratch.dir}/x`), modeOf(`${scratch.dir}/x/y`)], [0o2750, 0o2750]);
    assert.is(await said(scratch, { ...mode, attributes: { mode: 0o700 } }), 'ok');
    assert.is(modeOf(`${scratch.dir}/x/y`), 0o700, 'the set-group-id bit is cleared');
    writeFileSync(`${scratch.dir}/f`, '');
    assert.match(
      await said(scratch, { kind: 'mkdir', path: `${scratch.dir}/f`, parents: true }),
      /File exists/,
    );
  }));

test('links, symbolic and hard, replace what is there at once', () =>
  withScratch(async (scratch) => {
    const link: Action = { kind: 'link', path: `${scratch.dir}/l`, target: "no where's", hard: false };
    assert.is(await said(scratch, link), 'ok');
    assert.is(readlinkSync(link.path), "no where's");
    writeFileSync(`${scratch.dir}/f`, 'x');
    assert.is(await said(scratch, { ...link, target: `${scratch.dir}/f`, hard: true }), 'ok');
    assert.is(lstatSync(link.path).ino, lstatSync(`${scratch.dir}/f`).ino);
    assert.is(await said(scratch, { ...link, target: `${scratch.dir}/f`, hard: true }), 'ok');
    assert.is(await said(scratch, { ...link, target: '-f' }), 'ok');
    assert.match(await said(scratch, { ...link, target: `${scratch.dir}/none`, hard: true }), /No such file/);
    mkdirSync(`${scratch.dir}/d`);
    assert.match(await said(scratch, { ...link, path: `${scratch.dir}/d` }), /directory/);
    assert.equal(readdirSync(scratch.dir).sort(), ['d', 'f', 'l']);
  }));

test('removing: files, links themselves, empty and full directories', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/d/e`, { recursive: true });
    writeFileSync(`${scratch.dir}/d/-f`, '');
    symlinkSync('d', `${scratch.dir}/l`);
    const remove = (name: string, recurse: boolean): Action => ({
      kind: 'remove',
      path: `${scratch.dir}/${name}`,
      recurse,
    });
    assert.match(await said(scratch, remove('d', false)), /not empty/);
    assert.is(await said(scratch, remove('l/', true)), 'ok');
    assert.ok(existsSync(`${scratch.dir}/d/e`), 'what the link points to stays');
    assert.is(await said(scratch, remove('d/e', false)), 'ok');
    assert.is(await said(scratch, remove('d', true)), 'ok');
    assert.is(await said(scratch, remove('none', false)), 'ok');
    assert.equal(readdirSync(scratch.dir), []);
  }));

test('renaming, touching, and times', () =>
  withScratch(async (scratch) => {
    const [a, b] = [`${scratch.dir}/a`, `${scratch.dir}/b`];
    assert.is(await said(scratch, { kind: 'touch', path: a, atime: 1000.5, mtime: 2000 }), 'ok');
    assert.equal([statSync(a).atimeMs, statSync(a).mtimeMs, modeOf(a)], [1000500, 2000000, 0o666 & ~umask]);
    await perform(scratch, { kind: 'touch', path: a, atime: 'now', attributes: { mode: 0o600 } });
    assert.equal([statSync(a).mtimeMs, modeOf(a)], [2000000, 0o600]);
    assert.ok(statSync(a).atimeMs > 1e12);
    assert.is(await said(scratch, { kind: 'rename', from: a, to: b }), 'ok');
    assert.equal(readdirSync(scratch.dir), ['b']);
    assert.match(await said(scratch, { kind: 'rename', from: a, to: b }), /No such file/);
  }));

test('attributes of one path', () =>
  withScratch(async (scratch) => {
    writeFileSync(`${scratch.dir}/f`, '', { mode: 0o600 });
    symlinkSync('f', `${scratch.dir}/l`);
    const set = (follow: boolean): Action => ({
      kind: 'attributes',
      path: `${scratch.dir}/l`,
      follow,
      attributes: { mode: 0o644 },
    });
    assert.is(await said(scratch, set(false)), 'ok');
    assert.is(modeOf(`${scratch.dir}/f`), 0o600);
    assert.is(await said(scratch, set(true)), 'ok');
    assert.is(modeOf(`${scratch.dir}/f`), 0o644);
  }));

test('recursive attributes touch and count what differs, and nothing else', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/t/d`, { recursive: true });
    for (const name of ['a', "b\n'", 'd/c']) writeFileSync(`${scratch.dir}/t/${name}`, '');
    chmodSync(`${scratch.dir}/t/a`, 0o750);
    const before = statSync(`${scratch.dir}/t/a`, { bigint: true }).ctimeNs;
    const set: Action = {
      kind: 'attributes',
      path: `${scratch.dir}/t`,
      follow: false,
      recurse: true,
      attributes: { mode: 0o750 },
    };
    const [first] = await perform(scratch, set);
    assert.equal([first!.rc, first!.touched], [0, 4]);
    assert.is(statSync(`${scratch.dir}/t/a`, { bigint: true }).ctimeNs, before);
    assert.is((await perform(scratch, set))[0]!.touched, 0);
    const symbolic: Action = { ...set, modeText: 'u=rwX,g=rX,o=' };
    for (const name of ['a', "b\n'", 'd/c']) chmodSync(`${scratch.dir}/t/${name}`, 0o644);
    assert.is((await perform(scratch, symbolic))[0]!.touched, 3);
    assert.equal([modeOf(`${scratch.dir}/t/a`), modeOf(`${scratch.dir}/t/d`)], [0o640, 0o750]);
    assert.is((await perform(scratch, symbolic))[0]!.touched, 0);
    const [bad] = await perform(scratch, { ...set, attributes: { owner: 'nosuchuser' } });
    assert.match(String(bad!.stderr), /nosuchuser/);
  }));

test('copies of files on the node', () =>
  withScratch(async (scratch) => {
    const [from, to] = [`${scratch.dir}/from`, `${scratch.dir}/to`];
    writeFileSync(from, 'content', { mode: 0o600 });
    chmodSync(from, 0o751);
    const copy: Action = { kind: 'copy', from, path: to, expect: { state: 'absent' } };
    assert.is(await said(scratch, copy), 'ok');
    assert.equal([readFileSync(to, 'utf8'), modeOf(to)], ['content', 0o666 & ~umask]);
    assert.match(await said(scratch, copy), /changed by something else/);
    assert.is(await said(scratch, { ...copy, expect: { state: 'any' }, preserve: true }), 'ok');
    assert.is(modeOf(to), 0o751);
    assert.match(
      await said(scratch, { ...copy, from: `${from}x`, expect: { state: 'any' } }),
      /No such file/,
    );
    assert.equal(readdirSync(scratch.dir).sort(), ['from', 'to']);
  }));

test('commands: words, scripts, input, environment, folder, exit codes', () =>
  withScratch(async (scratch) => {
    const outcomes = await perform(
      scratch,
      { kind: 'run', argv: ['printf', '%s|', 'a b', "c'd", ''] },
      {
        kind: 'run',
        script: 'cat; pwd; echo "$X$LC_ALL"',
        stdin: Buffer.from([0, 255, 10]),
        env: { X: "v'1 " },
        cwd: scratch.dir,
      },
      { kind: 'run', argv: ['cat'] },
      { kind: 'run', script: 'echo err >&2; exit 3', ok: [0, 3] },
      { kind: 'run', argv: ['/no/such'] },
      { kind: 'run', argv: ['touch', `${scratch.dir}/never`] },
    );
    assert.equal(
      outcomes.map((o) => o.rc),
      [0, 0, 0, 3, 127],
    );
    assert.is(String(outcomes[0]!.stdout), "a b|c'd||");
    assert.equal(
      outcomes[1]!.stdout,
      Buffer.concat([Buffer.from([0, 255, 10]), Buffer.from(`${scratch.dir}\nv'1 C.UTF-8\n`)]),
    );
    assert.equal([String(outcomes[2]!.stdout), String(outcomes[3]!.stderr)], ['', 'err\n']);
    assert.equal(readdirSync(scratch.dir), []);
  }));

test('a script sees nothing of the names that the actions use', () =>
  withScratch(async (scratch) => {
    const script = 'for w in link write E say own; do type $w 2>/dev/null; done; echo "<$#$p$T$D$u$N$K>"';
    const action: Action = { kind: 'run', script };
    const [, outcome] = await perform(scratch, { kind: 'touch', path: `${scratch.dir}/x` }, action);
    assert.not.match(String(outcome!.stdout), /function/);
    assert.match(String(outcome!.stdout), /<0>\n$/);
    const [answer] = await scratch.node.ask([{ kind: 'read', script }]);
    assert.match(answer?.kind === 'read' ? String(answer.stdout) : '', /^(?!.*function)[\s\S]*<0>\n$/);
  }));

test('the first failure stops the rest, and there are no answers then', () =>
  withScratch(async ({ dir, node, trips }) => {
    const touch = (name: string): Action => ({ kind: 'touch', path: `${dir}/${name}` });
    const query = { kind: 'read', argv: ['ls', dir] } as const;
    const good = await node.apply([touch('a')], [query]);
    assert.equal(
      [good.failed, good.answers.map((a) => a.kind === 'read' && String(a.stdout))],
      [undefined, ['a\n']],
    );
    const bad = await node.apply([touch('b'), touch('no/c'), touch('d')], [query]);
    assert.equal([bad.failed, bad.outcomes.length, bad.answers], [1, 2, []]);
    assert.equal([readdirSync(dir), trips()], [['a', 'b'], 2]);
  }));

test.run();
