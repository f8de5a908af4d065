import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import type { Action } from '../../../lib/node/actions/action.js';
import { compileAction, readOutcome } from '../../../lib/node/actions/compile.js';
import { attributeValues, octal } from '../../../lib/node/actions/compiled.js';
import { WITHOUT_FUNCTIONS } from '../../../lib/node/actions/functions.js';
import { withScratch } from '../scratch.js';

type Case = { name: string; action: Action; source: string[]; input?: string };

for (const wanted of parse(readFileSync('test/node/actions/compile.cases.yml', 'utf8')) as Case[])
  test(wanted.name, () => {
    const { name: _, action, source, input, ...unknown } = wanted;
    assert.equal(unknown, {}, 'a case has a key that is not known');
    const step = compileAction(action);
    for (const piece of source) assert.ok(step.source.includes(piece), `${piece}\nis not in\n${step.source}`);
    assert.is(step.input === undefined ? undefined : Buffer.from(step.input).toString(), input);
  });

test('contents and input are nowhere in the source', () => {
  const secret = 'S3cret';
  const write = {
    kind: 'write',
    path: '/f',
    content: { kind: 'bytes', data: Buffer.from(secret) },
    expect: { state: 'any' },
  } as const;
  for (const action of [write, { kind: 'run', argv: ['cat'], stdin: secret } as const]) {
    const step = compileAction(action);
    assert.not.match(step.source, /S3cret/);
    assert.is(Buffer.from(step.input!).toString(), secret);
  }
});

test('each write has a name of its own for its temporary file', () => {
  const write: Action = {
    kind: 'write',
    path: '/f',
    content: { kind: 'bytes', data: new Uint8Array() },
    expect: { state: 'any' },
  };
  const words = Array.from(
    { length: 20 },
    () => /\bw=([0-9a-f]{18})\b/.exec(compileAction(write).source)![1],
  );
  assert.is(new Set(words).size, 20);
});

test('modes have five digits, owner and group one word', () => {
  assert.equal([octal(0), octal(0o644), octal(0o4755)], ['00000', '00644', '04755']);
  assert.equal(attributeValues({ owner: 'a', group: 'b', mode: 0o1777 }), { o: 'a:b', m: '01777', a: '' });
  assert.equal(attributeValues({ group: '5', attributes: '+i' }), { o: ':5', m: '', a: '+i' });
  assert.equal(attributeValues(), { o: '', m: '', a: '' });
});

test('notes of the scripts become fields of the outcome', () => {
  const outcome = (note: string) => {
    const empty = Buffer.alloc(0);
    const { rc, stdout, stderr, ...rest } = readOutcome({
      rc: 0,
      stdout: empty,
      stderr: empty,
      note: Buffer.from(note),
    });
    assert.equal([rc, stdout.length, stderr.length], [0, 0, 0]);
    return rest;
  };
  assert.equal(outcome(''), {});
  assert.equal(outcome('b/etc/x.1~'), { backup: '/etc/x.1~' });
  assert.equal(outcome('c'), { changed: true });
  assert.equal(outcome('v'), { invalid: true });
  assert.equal(outcome('n12'), { touched: 12 });
});

test('the names that are taken away from scripts are those that there are', () =>
  withScratch(async ({ connection }) => {
    const reply = await (await connection.shell()).run({ text: `${WITHOUT_FUNCTIONS}; echo ok` });
    assert.equal([String(reply.stdout), String(reply.stderr)], ['ok\n', '']);
    for (const name of ['own', 'write', 'link', 'folder', 'gone', 'say'])
      assert.ok(WITHOUT_FUNCTIONS.includes(` ${name}`));
  }));

test.run();
