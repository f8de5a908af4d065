import { createHash } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeBytes } from '../../../lib/node/bytes.js';
import { path, type TreeAnswer, tree } from '../../../lib/node/queries/query.js';
import { withScratch } from '../scratch.js';

const sha1 = (text: string) => createHash('sha1').update(text).digest('hex');

test('everything below, itself first, with hashes of files', () =>
  withScratch(async ({ dir, node }) => {
    mkdirSync(`${dir}/a b`);
    writeFileSync(encodeBytes(`${dir}/a b/x\ny'\udcff`), 'one');
    symlinkSync('a b', `${dir}/link`);
    const [answer] = (await node.ask([tree(dir, { checksum: true })])) as [TreeAnswer];
    assert.is(answer.entries[0]!.path, dir);
    const found = new Map(answer.entries.map((e) => [e.path.slice(dir.length), e]));
    assert.equal([...found.keys()].sort(), ['', '/a b', "/a b/x\ny'\udcff", '/link']);
    assert.equal([...found.values()].map((e) => e.type).sort(), ['directory', 'directory', 'file', 'link']);
    assert.is(found.get("/a b/x\ny'\udcff")!.checksum, sha1('one'));
    assert.equal([found.get('/link')!.target, found.get('/link')!.checksum], ['a b', undefined]);
  }));

test('following looks through links', () =>
  withScratch(async ({ dir, node }) => {
    mkdirSync(`${dir}/real`);
    writeFileSync(`${dir}/real/f`, '');
    symlinkSync('real', `${dir}/link`);
    symlinkSync('nowhere', `${dir}/broken`);
    const [answer] = (await node.ask([tree(dir, { follow: true })])) as [TreeAnswer];
    const types = answer.entries.map((e) => `${e.path.slice(dir.length)} ${e.type}`).sort();
    assert.equal(types, [
      ' directory',
      '/broken link',
      '/link directory',
      '/link/f file',
      '/real directory',
      '/real/f file',
    ]);
  }));

test('an entry says the same as a query for its path', () =>
  withScratch(async ({ dir, node }) => {
    writeFileSync(`${dir}/f`, 'x');
    const [answer, one] = await node.ask([tree(dir), path(`${dir}/f`)]);
    if (answer?.kind !== 'tree' || one?.kind !== 'path' || !one.exists) throw new Error('wrong answers');
    const entry = answer.entries.find((e) => e.path === `${dir}/f`)!;
    for (const [key, value] of Object.entries(entry)) assert.is(value, one[key as keyof typeof one], key);
  }));

test('what is not there, and what is not a directory', () =>
  withScratch(async ({ dir, node }) => {
    writeFileSync(`${dir}/f`, '');
    const [none, file] = (await node.ask([tree(`${dir}/no`), tree(`${dir}/f`)])) as [TreeAnswer, TreeAnswer];
    assert.equal(none, { kind: 'tree', exists: false, entries: [] });
    assert.equal(
      file.entries.map((e) => e.type),
      ['file'],
    );
  }));

test.run();
