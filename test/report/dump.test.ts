import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dump, printable } from '../../lib/report/dump.js';
import type { Json, JsonObject } from '../../lib/values/json.js';
import { recorded } from '../recorded.js';

type Case = { value: Json; indent: number | null; text: string[] };

for (const { value, indent, text } of recorded<Case>('report/dump.recorded.json', [
  'value',
  'indent',
  'text',
]))
  test(`${JSON.stringify(value)} ${indent === null ? 'in one line' : `indented by ${indent}`}`, () => {
    assert.is(dump(value, indent ?? undefined), text.join('\n'));
  });

test('what is printed can be read again', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom(undefined, 2, 4), (value, indent) => {
      const plain = JSON.parse(JSON.stringify(value)) as Json;
      assert.equal(JSON.parse(dump(plain, indent)), plain);
    }),
  );
});

type Shown = { name: string; result: JsonObject; verbosity: number; debug: boolean; shown: JsonObject };

const SHOWN: readonly Shown[] = [
  {
    name: 'what the engine needs',
    result: { failed: true, skipped: false, exception: 'x', msg: 'm' },
    verbosity: 0,
    debug: false,
    shown: { msg: 'm' },
  },
  {
    name: 'the call',
    result: { invocation: {}, changed: true },
    verbosity: 2,
    debug: false,
    shown: { changed: true },
  },
  {
    name: 'the call from -vvv on',
    result: { invocation: {}, changed: true },
    verbosity: 3,
    debug: false,
    shown: { invocation: {}, changed: true },
  },
  { name: 'diffs', result: { diff: [], rc: 0 }, verbosity: 1, debug: false, shown: { rc: 0 } },
  {
    name: 'internal keys',
    result: { _ansible_no_log: false, a: 1 },
    verbosity: 3,
    debug: false,
    shown: { a: 1 },
  },
  {
    name: 'a debug message alone',
    result: { msg: 'm', changed: false, other: 1 },
    verbosity: 0,
    debug: true,
    shown: { msg: 'm' },
  },
  {
    name: 'a debug variable',
    result: { x: 1, changed: false, failed: false },
    verbosity: 0,
    debug: true,
    shown: { x: 1 },
  },
  {
    name: 'warnings of a debug task',
    result: { msg: 'm', warnings: ['w'] },
    verbosity: 0,
    debug: true,
    shown: { msg: 'm', warnings: ['w'] },
  },
];

for (const { name, result, verbosity, debug, shown } of SHOWN)
  test(`printed of a result: ${name}`, () => {
    assert.equal(printable(result, verbosity, debug), shown);
  });

test.run();
