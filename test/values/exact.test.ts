import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { dump } from '../../lib/report/dump.js';
import { writeJson } from '../../lib/template/json-write.js';
import { fromJson, toResult } from '../../lib/values/convert.js';
import { withNumbers } from '../../lib/values/exact.js';
import { float, int } from '../../lib/values/number.js';
import { repr } from '../../lib/values/print.js';
import type { Value } from '../../lib/values/value.js';

const integer = fc.oneof(fc.maxSafeInteger(), fc.bigInt()).map(int);
const real = fc.double({ noNaN: true, noDefaultInfinity: true }).map(float);
const whole = fc.integer().map(float);
const value: fc.Arbitrary<Value> = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    integer,
    real,
    whole,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value')),
    fc.dictionary(fc.string(), tie('value')).map((o) => new Map<Value, Value>(Object.entries(o))),
  ),
})).value;

test('numbers keep their type and digits through a result', () => {
  fc.assert(fc.property(value, (v) => assert.is(repr(fromJson(toResult(v))), repr(v))));
});

test('results are printed with the numbers that templates print', () => {
  const number = fc.oneof(integer, real, whole);
  fc.assert(fc.property(fc.array(number), (v) => assert.is(dump(toResult(v), undefined), writeJson(v))));
  assert.is(
    dump(toResult([float(3), float(0.1), 10n ** 20n, 5]), undefined),
    '[3.0, 0.1, 100000000000000000000, 5]',
  );
});

test('a line of JSON has them as numbers, and text that looks like one stays text', () => {
  const text = '{"__number":"3.0"}';
  assert.is(withNumbers(JSON.stringify([toResult(float(3)), text])), `[3.0,${JSON.stringify(text)}]`);
});

test.run();
