import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { ProcessOutput } from 'zx/core';
import { createConnection } from '../../lib/node/connect.js';
import { dollar } from '../../lib/node/dollar.js';

const node = createConnection({ name: 'here', connection: 'local' });
const $ = dollar(node);

test('words are quoted for POSIX', async () => {
  const word = "it's $HOME `x` \\ *\n";
  assert.is((await $`printf '[%s]' ${word} ${['a b', '']}`).stdout, `[${word}][a b][]`);
});

test('it rejects on a non-zero exit code as zx does', async () => {
  try {
    await $`echo out; echo err >&2; exit 3`;
    assert.unreachable();
  } catch (error) {
    assert.instance(error, ProcessOutput);
    const output = error as ProcessOutput;
    assert.equal([output.exitCode, output.stdout, output.stderr], [3, 'out\n', 'err\n']);
  }
});

test('nothrow, as option and as method', async () => {
  assert.is((await $({ nothrow: true })`exit 4`).exitCode, 4);
  assert.is((await $`exit 5`.nothrow()).exitCode, 5);
});

test('options: directory, environment, input; and the controller’s own environment stays here', async () => {
  process.env.FFE_SECRET_OF_CONTROLLER = 'x';
  assert.is((await $({ cwd: '/tmp', env: { A: 'b' } })`pwd; echo $A`).stdout, '/tmp\nb\n');
  assert.is((await $({ input: 'typed' })`cat`).stdout, 'typed');
  const cat = $`cat`;
  cat.stdin.end('written');
  assert.is((await cat).stdout, 'written');
  delete process.env.FFE_SECRET_OF_CONTROLLER;
});

test('lines, text, json', async () => {
  assert.equal(await $`seq 3`.lines(), ['1', '2', '3']);
  assert.equal(await $`echo '{"a":1}'`.json(), { a: 1 });
});

test('pipes', async () => {
  assert.is((await $`echo hello`.pipe($`tr a-z A-Z`)).stdout, 'HELLO\n');
  assert.is((await $`echo hello`.pipe`tr l L`.pipe`tr o 0`).stdout, 'heLL0\n');
});

test('a failed connection is the cause', async () => {
  const closed = createConnection({ name: 'gone', connection: 'local' });
  await closed.close();
  const output = await dollar(closed)`true`.nothrow();
  assert.not(output.ok);
  assert.match(String(output.cause), /gone: the connection was closed/);
});

test.after(() => node.close());
test.run();
