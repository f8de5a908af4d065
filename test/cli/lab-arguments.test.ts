import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { labArguments } from '../../lib/cli/lab-arguments.js';
import { showSeconds, statusLines } from '../../lib/cli/lab-status.js';
import { FfeError } from '../../lib/errors/error.js';

type Case = { args: string; expect?: object; error?: string };

for (const wanted of parse(readFileSync('test/cli/lab-arguments.cases.yml', 'utf8')) as Case[]) {
  test(`lab ${wanted.args}`, () => {
    const { args, expect, error, ...unknown } = wanted;
    assert.equal(unknown, {});
    const read = () => labArguments(args.split(' ').filter(Boolean));
    if (error === undefined) assert.equal(read(), expect);
    else
      assert.throws(
        read,
        (e: unknown) => e instanceof FfeError && e.code === 'usage' && e.message.includes(error),
      );
  });
}

test('times as people read them', () => {
  assert.equal([0.4, 59, 61, 3661, 90_000].map(showSeconds), [
    '0 s',
    '59 s',
    '1 min 1 s',
    '1 h 1 min',
    '25 h 0 min',
  ]);
});

test('the table of nodes lines up', () => {
  const lines = statusLines([
    { name: 'web1', address: '10.1.0.2', state: 'running', uptime: 5, memory: 9 * 2 ** 20 },
    { name: 'database-1', address: '10.1.0.100', state: 'off' },
  ]);
  assert.equal(lines, [
    'NODE        ADDRESS     STATE    UPTIME  MEMORY',
    'web1        10.1.0.2    running  5 s     9 MiB',
    'database-1  10.1.0.100  off      -       -',
  ]);
});

test.run();
