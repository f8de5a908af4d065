import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeBytes } from '../../../lib/node/bytes.js';
import { type PathAnswer, type PathQuery, type PathState, path } from '../../../lib/node/queries/query.js';
import { cleanName, type Scratch, withScratch } from '../scratch.js';

const asked = async ({ node }: Scratch, ...queries: PathQuery[]) => (await node.ask(queries)) as PathAnswer[];
const state = (answer: PathAnswer | undefined): PathState => {
  if (!answer?.exists) throw new Error(`no such path: ${JSON.stringify(answer)}`);
  return answer;
};
const sha1 = (data: Uint8Array) => createHash('sha1').update(data).digest('hex');

test('says what the kernel says', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, 'text\n');
    chmodSync(file, 0o4751);
    linkSync(file, `${file}2`);
    utimesSync(file, 1700000000.25, 1600000000.125);
    const [answer] = await asked(scratch, path(file));
    const [mine, real] = [state(answer), lstatSync(file)];
    for (const key of ['uid', 'gid', 'size', 'ino', 'dev', 'nlink', 'blocks'] as const)
      assert.is(mine[key], real[key]);
    assert.equal(
      [mine.type, mine.mode, mine.atime, mine.mtime],
      ['file', 0o4751, 1700000000.25, 1600000000.125],
    );
    assert.equal(
      [mine.owner, mine.group, mine.blockSize],
      ['root', 'root', real.blksize].map((x, i) =>
        real.uid === 0 || i === 2 ? x : mine[i === 0 ? 'owner' : 'group'],
      ),
    );
    assert.ok(Math.abs(mine.ctime - real.ctimeMs / 1000) < 0.002);
    assert.not('content' in mine || 'checksum' in mine || 'target' in mine);
  }));

test('tells all types apart', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/d`);
    writeFileSync(`${scratch.dir}/f`, '');
    symlinkSync('f', `${scratch.dir}/l`);
    const paths = [`${scratch.dir}/d`, `${scratch.dir}/f`, `${scratch.dir}/l`, '/dev/null'];
    const types = (await asked(scratch, ...paths.map((p) => path(p)))).map((a) => state(a).type);
    assert.equal(types, ['directory', 'file', 'link', 'char']);
    assert.is(state((await asked(scratch, path('/dev/null')))[0]).deviceType, lstatSync('/dev/null').rdev);
  }));

test('what is absent, and why it cannot be seen', () =>
  withScratch(async (scratch) => {
    writeFileSync(`${scratch.dir}/f`, '');
    symlinkSync('nowhere', `${scratch.dir}/broken`);
    symlinkSync('loop', `${scratch.dir}/loop`);
    const p = (name: string) => `${scratch.dir}/${name}`;
    const answers = await asked(
      scratch,
      path(p('no')),
      path(p('f/x')),
      path(p('f')),
      path(p("o'n\ne: x")),
      path(p('broken'), { follow: true }),
      path(p('loop'), { follow: true }),
    );
    assert.equal(
      answers.map((a) => (a.exists ? 'there' : (a.error ?? 'absent'))),
      ['absent', 'Not a directory', 'there', 'absent', 'absent', 'Too many levels of symbolic links'],
    );
  }));

test('links: as written, resolved, and looked through', () =>
  withScratch(async (scratch) => {
    mkdirSync(`${scratch.dir}/d`);
    writeFileSync(`${scratch.dir}/d/f`, 'abc');
    symlinkSync('d/../d/f', `${scratch.dir}/l -> x`);
    symlinkSync('nowhere', `${scratch.dir}/l`);
    const [one, broken, through] = await asked(
      scratch,
      path(`${scratch.dir}/l -> x`, { content: true }),
      path(`${scratch.dir}/l`),
      path(`${scratch.dir}/l -> x`, { follow: true, content: true, checksum: 'sha1' }),
    );
    assert.equal([state(one).target, state(one).realTarget], ['d/../d/f', `${scratch.dir}/d/f`]);
    assert.equal([state(broken).target, state(broken).realTarget], ['nowhere', `${scratch.dir}/nowhere`]);
    assert.not('content' in state(one));
    assert.equal(
      [state(through).type, state(through).size, state(through).checksum],
      ['file', 3, sha1(Buffer.from('abc'))],
    );
    assert.is(Buffer.from(state(through).content!).toString(), 'abc');
  }));

test('contents up to a limit; hashes beyond it', () =>
  withScratch(async (scratch) => {
    const file = `${scratch.dir}/f`;
    writeFileSync(file, '0123456789');
    const [small, exact, large] = await asked(
      scratch,
      path(file, { content: true, limit: 9 }),
      path(file, { content: true, limit: 10 }),
      path(file, { content: true, limit: 5, checksum: 'sha256' }),
    );
    assert.is(state(small).content, undefined);
    assert.is(Buffer.from(state(exact).content!).toString(), '0123456789');
    assert.is(state(large).content, undefined);
    assert.is(state(large).checksum, createHash('sha256').update('0123456789').digest('hex'));
  }));

test('every hash of coreutils, and none for what is not a file', () =>
  withScratch(async (scratch) => {
    writeFileSync(`${scratch.dir}/f`, 'x');
    const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'] as const;
    const answers = await asked(
      scratch,
      ...algorithms.map((checksum) => path(`${scratch.dir}/f`, { checksum })),
    );
    assert.equal(
      answers.map((a) => state(a).checksum),
      algorithms.map((a) => createHash(a).update('x').digest('hex')),
    );
    const [dir] = await asked(scratch, path(scratch.dir, { checksum: 'sha1', content: true }));
    assert.equal([state(dir).checksum, state(dir).content], [undefined, undefined]);
  }));

test('names and contents of any bytes', () =>
  withScratch(async (scratch) => {
    const file = fc.record({
      name: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 20 }),
        fc.constantFrom(...['-n', "'", 'a\nb ', '$x', '*', ' -> y'].map((t) => Buffer.from(t))),
      ),
      content: fc.uint8Array({ maxLength: 300 }),
      there: fc.boolean(),
    });
    const folder = { count: 0 };
    const property = fc.asyncProperty(fc.array(file, { maxLength: 12 }), async (files) => {
      const dir = `${scratch.dir}/${folder.count++}`;
      mkdirSync(dir);
      const wanted = new Map<string, Buffer | undefined>();
      for (const { name, content, there } of files) {
        const bytes = Buffer.concat([Buffer.from(`${dir}/`), cleanName(name)]);
        if (there && !existsSync(bytes)) writeFileSync(bytes, content);
        if (!wanted.has(decodeBytes(bytes)))
          wanted.set(decodeBytes(bytes), there ? Buffer.from(content) : undefined);
        else if (there)
          wanted.set(decodeBytes(bytes), wanted.get(decodeBytes(bytes)) ?? Buffer.from(content));
      }
      const paths = [...wanted.keys()];
      const queries = paths.flatMap((p) => [
        path(p, { content: true, checksum: 'sha1' }),
        path(p, { checksum: 'md5' }),
      ]);
      const answers = await asked(scratch, ...queries);
      paths.forEach((p, i) => {
        const content = wanted.get(p);
        assert.is(answers[i * 2]!.exists, content !== undefined);
        if (content === undefined) return;
        assert.equal(Buffer.from(state(answers[i * 2]).content!), content);
        assert.is(state(answers[i * 2]).checksum, sha1(content));
        assert.is(state(answers[i * 2 + 1]).checksum, createHash('md5').update(content).digest('hex'));
      });
    });
    await fc.assert(property, { numRuns: 40 });
  }));

test('500 paths are one trip', () =>
  withScratch(async (scratch) => {
    const paths = Array.from({ length: 500 }, (_, i) => `${scratch.dir}/file number ${i}`);
    for (const [i, p] of paths.entries()) if (i % 3 > 0) writeFileSync(p, String(i));
    const answers = await asked(scratch, ...paths.map((p) => path(p, { content: true })));
    assert.is(scratch.trips(), 1);
    answers.forEach((answer, i) => {
      assert.is(answer.exists, i % 3 > 0);
      if (answer.exists) assert.is(Buffer.from(answer.content!).toString(), String(i));
    });
  }));

test('flags and MIME types are asked for only on wish', () =>
  withScratch(async (scratch) => {
    writeFileSync(`${scratch.dir}/f`, '#!/bin/sh\n');
    const [answer] = await asked(scratch, path(`${scratch.dir}/f`, { attributes: true, mime: true }));
    const { attributes, version, mimeType, charset } = state(answer);
    if (attributes !== undefined) assert.match(`${attributes} ${version}`, /^[a-zA-Z]* \d+$/);
    if (mimeType !== undefined) assert.equal([mimeType, charset], ['text/x-shellscript', 'us-ascii']);
  }));

test.run();
