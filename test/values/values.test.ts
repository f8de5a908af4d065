import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { literal } from '../../lib/template/runtime/literal.js';
import { fromJson, toJson } from '../../lib/values/convert.js';
import { assign, equals, findKey, hashOf, lookup } from '../../lib/values/equal.js';
import { iterate, length, size, toList } from '../../lib/values/iterate.js';
import type { Json } from '../../lib/values/json.js';
import { asIndex, asNumber, float, int, isFloat, isInt } from '../../lib/values/number.js';
import { compare, compareStrings } from '../../lib/values/order.js';
import { repr, reprFloat, str } from '../../lib/values/print.js';
import { ValueProblem } from '../../lib/values/problem.js';
import { truthy } from '../../lib/values/truth.js';
import { typeName } from '../../lib/values/typename.js';
import { Bytes, type Dict, PyFloat, Tuple, type Value } from '../../lib/values/value.js';
import { anyValue } from './arbitrary.js';
import { evaluate, hasPython } from './python.js';

test('what is printed reads back as the same value', () => {
  fc.assert(
    fc.property(anyValue, (v) => {
      const back = literal(repr(v));
      assert.ok(back !== undefined, repr(v));
      assert.ok(equals(back!, v), repr(v));
      assert.is(repr(back!), repr(v));
    }),
    { numRuns: 1000 },
  );
});

test("printing is Python's", () => {
  if (!hasPython()) return;
  const texts = fc.sample(anyValue, { numRuns: 1000, seed: 1 }).map(repr);
  assert.equal(evaluate(texts), texts);
});

test("floats print with Python's shortest digits", () => {
  if (!hasPython()) return;
  const numbers = fc.sample(fc.double({ noNaN: true, noDefaultInfinity: true }), { numRuns: 2000, seed: 2 });
  const near = [1e15, 1e16, 1e17, 1e-4, 1e-5, 123456789012345680, 0.1, 1 / 3, 5e-324, 1.7976931348623157e308];
  const all = [...numbers, ...near, ...near.map((n) => -n)];
  assert.equal(all.map(reprFloat), evaluate(all.map((n) => `float.fromhex('${hex(n)}')`)));
});

function hex(n: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, Math.abs(n));
  const bits = view.getBigUint64(0);
  const exponent = Number(bits >> 52n);
  const sign = n < 0 || Object.is(n, -0) ? '-' : '';
  const lead = exponent === 0 ? 0 : 1;
  return `${sign}0x${lead}.${(bits & 0xfffffffffffffn).toString(16).padStart(13, '0')}p${Math.max(exponent, 1) - 1023}`;
}

test('equal values have equal hashes, and compare as equal', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      const [x, y] = [hashOf(a), hashOf(b)];
      if (x !== undefined && y !== undefined) assert.is(x === y, equals(a, b), `${repr(a)} ${repr(b)}`);
      assert.is(equals(a, b), equals(b, a));
      assert.ok(equals(a, a));
    }),
  );
});

test('order is antisymmetric, and refused between kinds', () => {
  fc.assert(
    fc.property(anyValue, anyValue, (a, b) => {
      try {
        assert.is(Math.sign(compare(a, b)), -Math.sign(compare(b, a)) + 0);
      } catch (error) {
        assert.instance(error, ValueProblem);
      }
    }),
  );
});

test('strings are ordered by code point', () => {
  assert.ok(compareStrings('\uffff', '😀') < 0);
  assert.ok(compareStrings('a', 'aa') < 0);
  assert.ok(compareStrings('Z', 'a') < 0);
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const points = (s: string): number[] => [...s].map((ch) => ch.codePointAt(0)!);
      const listed = compare(points(a), points(b));
      assert.is(Math.sign(compareStrings(a, b)), Math.sign(listed));
    }),
  );
});

test('one, true and 1.0 are one key; a string never is', () => {
  const dict: Dict = new Map();
  assign(dict, 1, 'int');
  assign(dict, true, 'bool');
  assign(dict, new PyFloat(1), 'float');
  assign(dict, '1', 'text');
  assign(dict, new Tuple([1, 'a']), 'tuple');
  assert.is(repr(dict), "{1: 'float', '1': 'text', (1, 'a'): 'tuple'}");
  assert.is(lookup(dict, new Tuple([true, 'a'])), 'tuple');
  assert.is(findKey(dict, new PyFloat(1)), 1);
  assert.is(findKey(dict, 2), undefined);
  assert.is(lookup(dict, 'nope'), undefined);
});

test('truth is as in Python', () => {
  const falsy: Value[] = [
    null,
    false,
    0,
    0n,
    '',
    [],
    new Map(),
    new Tuple([]),
    new PyFloat(0),
    new Bytes(new Uint8Array()),
  ];
  const truthful: Value[] = [
    true,
    1,
    -1,
    2n ** 60n,
    '0',
    [null],
    new Map([['a', null]]),
    new Tuple([0]),
    0.5,
    float(1),
  ];
  for (const v of falsy) assert.not(truthy(v), repr(v));
  for (const v of truthful) assert.ok(truthy(v), repr(v));
});

test('numbers keep their type', () => {
  assert.is(repr(float(2)), '2.0');
  assert.is(repr(int(2n ** 53n)), '9007199254740992');
  assert.is(typeof int(2n ** 53n), 'bigint');
  assert.type(int(5n), 'number');
  assert.ok(isFloat(float(2)) && !isInt(float(2)) && isInt(2) && !isFloat(2) && isFloat(0.5));
  assert.is(asNumber(true), 1);
  assert.is(asNumber('1'), undefined);
  assert.is(asIndex(true), 1);
  assert.throws(() => asIndex('1'), /an integer was expected/);
});

test('types have their Python names', () => {
  const names: [Value, string][] = [
    [null, 'NoneType'],
    [true, 'bool'],
    [1, 'int'],
    [2n ** 70n, 'int'],
    [1.5, 'float'],
    [float(1), 'float'],
    ['', 'str'],
    [[], 'list'],
    [new Map(), 'dict'],
    [new Tuple([]), 'tuple'],
    [new Bytes(new Uint8Array()), 'bytes'],
  ];
  for (const [v, name] of names) assert.is(typeName(v), name);
});

test('iteration, size and length count as Python does', () => {
  assert.equal(toList('a😀'), ['a', '😀']);
  assert.is(size('a😀'), 2);
  assert.is(length('\ud83d'), 1);
  assert.equal(toList(new Map([['k', 1]])), ['k']);
  assert.equal([...iterate(new Tuple([1, 2]))], [1, 2]);
  assert.throws(() => iterate(5), /'int' object is not iterable/);
  assert.throws(() => size(5), /has no len/);
});

test('JSON goes in and out unchanged', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (json) => {
      assert.equal(toJson(fromJson(json as Json)), JSON.parse(JSON.stringify(json)));
    }),
  );
});

test('keys that JavaScript treats apart survive', () => {
  const dict: Dict = new Map<Value, Value>([
    ['__proto__', 1],
    ['10', 2],
    [null, 3],
    [true, 4],
    [2, 5],
  ]);
  assert.is(JSON.stringify(toJson(dict)), '{"2":5,"10":2,"__proto__":1,"null":3,"true":4}');
  assert.is(str(dict), "{'__proto__': 1, '10': 2, None: 3, True: 4, 2: 5}");
});

test.run();
