import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FfeError } from '../../lib/errors/error.js';
import { createNode } from '../../lib/node/assemble.js';
import { text } from '../../lib/node/content.js';
import { type Answer, path, read, readScript } from '../../lib/node/queries/query.js';
import { withScratch } from './scratch.js';

const contentOf = (answer: Answer | undefined) =>
  answer?.kind === 'path' && answer.exists && answer.content
    ? Buffer.from(answer.content).toString()
    : undefined;
const outputOf = (answer: Answer | undefined) =>
  answer?.kind === 'read' ? String(answer.stdout) : undefined;

test('what was answered is not asked again until something happens', () =>
  withScratch(async ({ dir, node, trips }) => {
    writeFileSync(`${dir}/f`, 'one');
    const query = path(`${dir}/f`, { content: true });
    await node.ask([query, read(['true'])]);
    writeFileSync(`${dir}/f`, 'two');
    assert.is(contentOf((await node.ask([{ ...query }]))[0]), 'one');
    assert.is(trips(), 1);
    node.forget();
    assert.is(contentOf((await node.ask([query]))[0]), 'two');
    assert.is(trips(), 2);
  }));

test('what is foreseen is not told to who asks for what is there', () =>
  withScratch(async ({ dir, node }) => {
    const file = `${dir}/planned`;
    node.expect!([{ kind: 'write', path: file, content: text('x'), expect: { state: 'any' } }]);
    const [foreseen] = await node.ask([path(file)]);
    const [actual] = await node.ask([path(file)], undefined, true);
    assert.equal(
      [foreseen, actual].map((a) => a?.kind === 'path' && a.exists),
      [true, false],
    );
  }));

test('only what is missing travels, and answers come in the order of the queries', () =>
  withScratch(async ({ dir, node, trips }) => {
    const script = (n: number) => readScript(`echo ${n}; echo x >>${dir}/log`);
    await node.ask([script(2)]);
    const answers = await node.ask([script(3), script(2), script(1), script(3)]);
    assert.equal(answers.map(outputOf), ['3\n', '2\n', '1\n', '3\n']);
    assert.equal([trips(), readFileSync(`${dir}/log`, 'utf8').length / 2], [2, 3]);
  }));

test('what is asked at the same time travels together, with what was hinted', () =>
  withScratch(async ({ dir, node, trips }) => {
    const queries = ['a', 'b', 'c', 'd'].map((name) => path(`${dir}/${name}`));
    node.hint([queries[3]!]);
    const all = await Promise.all(queries.slice(0, 3).map((q) => node.ask([q])));
    assert.equal([all.length, trips()], [3, 1]);
    await node.ask([queries[3]!]);
    assert.is(trips(), 1);
    node.hint([path(`${dir}/e`)]);
    assert.is(trips(), 1, 'a hint does not travel alone');
  }));

test('hints travel with actions too, and are answered after them', () =>
  withScratch(async ({ dir, node, trips }) => {
    const query = path(`${dir}/f`, { content: true });
    await node.ask([query]);
    node.hint([path(`${dir}/g`)]);
    const applied = await node.apply(
      [{ kind: 'write', path: `${dir}/f`, content: text('new'), expect: { state: 'absent' } }],
      [query],
    );
    assert.equal([applied.answers.map(contentOf), trips()], [['new'], 2]);
    assert.is(contentOf((await node.ask([query, path(`${dir}/g`)]))[0]), 'new');
    assert.is(trips(), 2);
  }));

test('actions make stale what they may have changed, also when they fail', () =>
  withScratch(async ({ dir, node, trips }) => {
    const queries = [path(`${dir}/f`), path('/etc/passwd')];
    await node.ask(queries);
    await node.apply(
      [
        { kind: 'touch', path: `${dir}/f` },
        { kind: 'touch', path: `${dir}/no/f` },
      ],
      [],
    );
    assert.ok((await node.ask(queries)).every((a) => a.kind === 'path' && a.exists));
    assert.is(trips(), 3);
    await node.exec({ argv: ['true'] });
    await node.ask([queries[1]!]);
    assert.is(trips(), 4);
  }));

test('an answer that was under way while something happened is not kept', () =>
  withScratch(async ({ dir, node }) => {
    const query = path(`${dir}/f`);
    const [asked] = await Promise.all([
      node.ask([query]),
      node.apply([{ kind: 'touch', path: `${dir}/f` }], []),
    ]);
    assert.is(asked.length, 1);
    const [now] = await node.ask([query]);
    assert.ok(now?.kind === 'path' && now.exists);
  }));

test('a script that breaks the shell is an error for all who asked, and the next question is answered', () =>
  withScratch(async ({ node }) => {
    const bad = readScript('kill -9 $$');
    const results = await Promise.allSettled([node.ask([bad]), node.ask([read(['true'])])]);
    assert.equal(
      results.map((r) => r.status),
      ['rejected', 'rejected'],
    );
    assert.ok(((results[0] as PromiseRejectedResult).reason as FfeError).code.length > 0);
    assert.is(outputOf((await node.ask([read(['echo', 'ok'])]))[0]), 'ok\n');
  }));

test('the hash of a file whose content is too large comes with it', () =>
  withScratch(async ({ dir, node, trips }) => {
    writeFileSync(`${dir}/f`, 'x'.repeat(100));
    const query = path(`${dir}/f`, { content: true, limit: 10, checksum: 'md5' });
    const [answer] = await node.ask([query]);
    assert.ok(answer?.kind === 'path' && answer.exists && answer.checksum?.length === 32 && !answer.content);
    assert.is(trips(), 2);
  }));

test('a node of a closed connection says so', () =>
  withScratch(async ({ connection }) => {
    const node = createNode(connection);
    await node.close();
    const code = await node.ask([path('/')]).then(
      () => 'answered',
      (e: FfeError) => e.code,
    );
    assert.is(code, 'unreachable');
  }));

test.run();
