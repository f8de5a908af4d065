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
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Expect, Outcome, WriteAction } from '../../../lib/node/actions/action.js';
import { decodeBytes } from '../../../lib/node/bytes.js';
import { text } from '../../../lib/node/content.js';
import { path } from '../../../lib/node/queries/query.js';
import { cleanName, type Scratch, withScratch } from '../scratch.js';

const any: Expect = { state: 'any' };
const write = (p: string, content: string | Uint8Array, more: Partial<WriteAction> = {}): WriteAction => ({
  kind: 'write',
  path: p,
  content: typeof content === 'string' ? text(content) : { kind: 'bytes', data: content },
  expect: any,
  ...more,
});
const perform = async ({ node }: Scratch, action: WriteAction): Promise<Outcome> =>
  (await node.apply([action], [])).outcomes[0]!;
const modeOf = (file: string) => (statSync(file).mode & 0o7777).toString(8);
const umask = process.umask();

async function probed({ node }: Scratch, file: string): Promise<Expect> {
  const [answer] = await node.ask([path(file)]);
  if (answer?.kind !== 'path' || !answer.exists) return { state: 'absent' };
  return { state: 'file', ino: answer.ino, size: answer.size, mtime: answer.mtime };
}

test('a new file has the content, and the mode of the umask', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    const outcome = await perform(scratch, write(file, 'hello', { expect: { state: 'absent' } }));
    assert.equal([outcome.rc, String(outcome.stderr)], [0, '']);
    assert.is(readFileSync(file, 'utf8'), 'hello');
    assert.is(modeOf(file), (0o666 & ~umask).toString(8));
    assert.equal(readdirSync(scratch.dir), ['f']);
  }));

test('an existing file keeps its mode unless another is given', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, 'old', { mode: 0o600 });
    chmodSync(file, 0o4710);
    await perform(scratch, write(file, 'new'));
    assert.equal([readFileSync(file, 'utf8'), modeOf(file)], ['new', '4710']);
    await perform(scratch, write(file, '', { attributes: { mode: 0o640 } }));
    assert.equal([readFileSync(file, 'utf8'), modeOf(file)], ['', '640']);
  }));

test('the file is replaced, not written into; unsafe writes into it', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, 'old');
    const { ino } = statSync(file);
    await perform(scratch, write(file, 'new'));
    const { ino: second } = statSync(file);
    assert.is.not(second, ino);
    await perform(scratch, write(file, 'newer', { unsafe: true, attributes: { mode: 0o604 } }));
    assert.equal([statSync(file).ino, readFileSync(file, 'utf8'), modeOf(file)], [second, 'newer', '604']);
    assert.equal(readdirSync(scratch.dir), ['f']);
  }));

test('a file that is not what was probed stays as it is', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    const absent = await probed(scratch, file);
    writeFileSync(file, 'theirs');
    const first = await perform(scratch, write(file, 'ours', { expect: absent }));
    assert.equal([first.rc, first.changed], [1, true]);
    scratch.node.forget();
    const known = await probed(scratch, file);
    writeFileSync(file, 'theirS');
    const second = await perform(scratch, write(file, 'ours', { expect: known }));
    assert.equal([second.rc, second.changed], [1, true]);
    assert.equal([readFileSync(file, 'utf8'), readdirSync(scratch.dir)], ['theirS', ['f']]);
    scratch.node.forget();
    const third = await perform(scratch, write(file, 'ours', { expect: await probed(scratch, file) }));
    assert.equal([third.rc, third.changed, readFileSync(file, 'utf8')], [0, undefined, 'ours']);
  }));

test('of many that write the same absent file at once, one wins', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    const results = await Promise.all(
      ['a', 'b', 'c', 'd'].map((t) => perform(scratch, write(file, t, { expect: { state: 'absent' } }))),
    );
    assert.is(results.filter((r) => r.rc === 0).length, 1);
    assert.is(results.filter((r) => r.changed).length, 3);
    assert.equal(readdirSync(scratch.dir), ['f']);
  }));

test('validate sees the finished file, and can refuse it', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/it's`;
    const check = `sh -c 'stat -c %a "$1"; cat "$1"; echo no >&2; exit 7' x "%s"`;
    const outcome = await perform(
      scratch,
      write(file, 'new', { validate: check, attributes: { mode: 0o604 } }),
    );
    assert.equal([outcome.rc, outcome.invalid, String(outcome.stderr)], [7, true, 'no\n']);
    assert.is(String(outcome.stdout), '604\nnew');
    assert.equal(readdirSync(scratch.dir), []);
    const good = await perform(scratch, write(file, 'new', { validate: 'grep -q new %s' }));
    assert.equal([good.rc, good.invalid, readFileSync(file, 'utf8')], [0, undefined, 'new']);
  }));

test('a backup is a copy with the name that Ansible gives it', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, 'old', { mode: 0o640 });
    const outcome = await perform(scratch, write(file, 'new', { backup: true }));
    assert.match(outcome.backup!, /\/f\.\d+\.\d{4}-\d\d-\d\d@\d\d:\d\d:\d\d~$/);
    assert.equal([readFileSync(outcome.backup!, 'utf8'), modeOf(outcome.backup!)], ['old', '640']);
    const fresh = await perform(scratch, write(`${scratch.dir}/g`, 'x', { backup: true }));
    assert.is(fresh.backup, undefined);
  }));

test('a write that fails leaves no backup either', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, 'old');
    const gone: Expect = { state: 'file', ino: 1, size: 3, mtime: 1 };
    const outcome = await perform(scratch, write(file, 'new', { backup: true, expect: gone }));
    assert.equal([outcome.changed, outcome.backup, readdirSync(scratch.dir)], [true, undefined, ['f']]);
  }));

test('links are looked through, or replaced on wish', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/d`);
    writeFileSync(`${scratch.dir}/d/f`, 'old');
    symlinkSync('d/f', `${scratch.dir}/l`);
    symlinkSync('d/new', `${scratch.dir}/dangling`);
    await perform(scratch, write(`${scratch.dir}/l`, 'one'));
    await perform(scratch, write(`${scratch.dir}/dangling`, 'two', { expect: { state: 'absent' } }));
    assert.equal(
      [readlinkSync(`${scratch.dir}/l`), readFileSync(`${scratch.dir}/d/f`, 'utf8')],
      ['d/f', 'one'],
    );
    assert.is(readFileSync(`${scratch.dir}/d/new`, 'utf8'), 'two');
    await perform(scratch, write(`${scratch.dir}/l`, 'three', { follow: false }));
    assert.ok(lstatSync(`${scratch.dir}/l`).isFile());
    assert.is(readFileSync(`${scratch.dir}/d/f`, 'utf8'), 'one');
  }));

test('what cannot be written says why', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/d`);
    const cases: [WriteAction, RegExp][] = [
      [write(`${scratch.dir}/no/f`, ''), /Destination directory .*\/no does not exist/],
      [write(`${scratch.dir}/d`, ''), /\/d is a directory/],
      [write('/proc/f', ''), /./],
      [write(`${scratch.dir}/f`, '', { attributes: { owner: 'nosuchuser' } }), /invalid user/],
    ];
    for (const [action, message] of cases) {
      const outcome = await perform(scratch, action);
      assert.ok(outcome.rc > 0);
      assert.match(String(outcome.stderr), message);
    }
    assert.equal(readdirSync(scratch.dir), ['d']);
  }));

test('names and contents of any bytes, several in one trip', () =>
  withScratch(async (scratch) => {
    const pair = fc.tuple(fc.uint8Array({ minLength: 1, maxLength: 20 }), fc.uint8Array({ maxLength: 3000 }));
    const count = { runs: 0 };
    const property = fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 4 }), async (pairs) => {
      const dir = `${scratch.dir}/${count.runs++}`;
      mkdirSync(dir);
      const files = pairs.map(([name, content]) => ({
        name: Buffer.concat([Buffer.from(`${dir}/`), cleanName(name)]),
        content,
      }));
      const before = scratch.trips();
      const { failed } = await scratch.node.apply(
        files.map((f) => write(decodeBytes(f.name), f.content)),
        [],
      );
      assert.equal([failed, scratch.trips() - before], [undefined, 1]);
      const last = new Map(files.map((f) => [f.name.toString('latin1'), f]));
      for (const { name, content } of last.values()) assert.equal(readFileSync(name), Buffer.from(content));
      assert.is(readdirSync(dir).length, last.size);
    });
    await fc.assert(property, { numRuns: 15 });
  }));

test('a large file is streamed, with all the promises of a small one', () =>
  withScratch(async (scratch) => {
    const [from, file] = [`${scratch.dir}/from`, `${scratch.dir}/f`];
    writeFileSync(from, Buffer.alloc(3_000_000, 'abc'));
    const content = { kind: 'local', path: from, size: 3_000_000, sha1: '' } as const;
    const actions = [
      write(`${scratch.dir}/before`, 'x'),
      { ...write(file, ''), content, attributes: { mode: 0o711 }, validate: 'test -s %s' },
      write(`${scratch.dir}/after`, 'y'),
    ];
    const applied = await scratch.node.apply(actions, [path(file)]);
    assert.equal([applied.outcomes.map((o) => o.rc), applied.failed], [[0, 0, 0], undefined]);
    assert.ok(readFileSync(file).equals(readFileSync(from)));
    assert.is(modeOf(file), '711');
    const bad = await scratch.node.apply([{ ...write(file, ''), content: { ...content, size: 7 } }], []);
    assert.match(String(bad.outcomes[0]!.stderr), /did not arrive whole/);
    const lost = scratch.node.apply([{ ...write(file, ''), content: { ...content, path: `${from}x` } }], []);
    const message = await lost.then(
      () => 'sent',
      (error: Error) => error.message,
    );
    assert.match(message, /cannot send/);
    assert.equal(readdirSync(scratch.dir).sort(), ['after', 'before', 'f', 'from']);
    assert.not(existsSync(`${scratch.dir}/.ffe`));
  }));

test('what is printed on the node is written like any content, unseen by others', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/key`;
    const script = `stat -c %a ${scratch.dir}/.ffe-*.tmp; cat; echo >${scratch.dir}/other; echo >${scratch.dir}/other`;
    const content = { kind: 'made', script, input: Buffer.from('from input') } as const;
    const outcome = await perform(scratch, { ...write(file, ''), content, attributes: { mode: 0o640 } });
    assert.equal([outcome.rc, String(outcome.stderr)], [0, '']);
    assert.equal([readFileSync(file, 'utf8'), modeOf(file)], ['600\nfrom input', '640']);
    assert.equal(readdirSync(scratch.dir).sort(), ['key', 'other']);
  }));

test('nothing is left of what could not be made', () =>
  withScratch(async (scratch) => {
    const content = { kind: 'made', script: 'echo half; echo no >&2; exit 7' } as const;
    const outcome = await perform(scratch, { ...write(`${scratch.dir}/key`, ''), content });
    assert.equal([outcome.rc, String(outcome.stderr)], [7, 'no\n']);
    assert.equal(readdirSync(scratch.dir), []);
  }));

test.run();
