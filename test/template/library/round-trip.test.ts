import { spawnSync } from 'node:child_process';
import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { library } from '../../../lib/template/builtin.js';
import type { Caller } from '../../../lib/template/library.js';
import { equals } from '../../../lib/values/equal.js';
import { int } from '../../../lib/values/number.js';
import { PyFloat, type Value } from '../../../lib/values/value.js';

const NOBODY = {} as Caller;

function apply(name: string, input: Value, args: Value[] = [], kwargs: [string, Value][] = []): Value {
  return library.filters.get(name)!(input, args, new Map(kwargs), NOBODY) as Value;
}

const number = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(2n ** 80n), max: 2n ** 80n }).map((n): Value => int(n)),
  fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .map((n): Value => (Number.isInteger(n) ? new PyFloat(n) : n)),
);
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom('yes', 'null', '1', '1.5', '', ' x', '- a', 'a: b', '#', '2020-01-01', '~', "it's", '"q"'),
);
const leaf: fc.Arbitrary<Value> = fc.oneof(text, number, fc.boolean(), fc.constant(null));
const tree = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(text, tie('value')), { maxLength: 4 })
      .map((entries): Value => new Map<Value, Value>(entries)),
  ),
})).value;

for (const name of ['to_json', 'to_nice_json'])
  test(`${name} is read back by from_json`, () => {
    fc.assert(fc.property(tree, (v) => equals(apply('from_json', apply(name, v)), v)));
  });

// A float without a fraction and with an exponent is text in YAML 1.1's eyes in neither direction; control characters
// and lone surrogates are left out because YAML refuses them.
const printable = tree.filter(
  (v) =>
    !/[\ud800-\udfff\ufeff\ufffe\uffff\x7f-\x9f]/.test(
      String(apply('to_json', v, [], [['ensure_ascii', false]])),
    ),
);

for (const name of ['to_yaml', 'to_nice_yaml'])
  test(`${name} is read back by from_yaml`, () => {
    fc.assert(fc.property(printable, (v) => equals(apply('from_yaml', apply(name, v)), v)));
  });

test('b64encode is read back by b64decode', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (s) => apply('b64decode', apply('b64encode', s)) === s),
  );
});

test('a shell reads a quoted text as one word', () => {
  const words = fc.sample(
    fc.string({ unit: 'grapheme' }).filter((s) => !s.includes('\0')),
    { numRuns: 60, seed: 5 },
  );
  const script = words.map((w) => `printf '%s\\0' ${apply('quote', w)}`).join('\n');
  const said = spawnSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).stdout;
  assert.equal(said.split('\0').slice(0, -1), words);
});

test('an escaped text matches itself and nothing shorter', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (s) => {
      const escaped = apply('regex_escape', s);
      return (
        apply('regex_search', `<${s}>`, [escaped]) === s && apply('regex_replace', s, [escaped, '']) === ''
      );
    }),
  );
});

test('sorting orders, keeps every item and is stable', () => {
  const pairs = fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.nat()));
  fc.assert(
    fc.property(pairs, (list) => {
      const dicts = list.map(
        ([k, v]): Value =>
          new Map<Value, Value>([
            ['k', k],
            ['v', v],
          ]),
      );
      const sorted = apply('sort', dicts, [], [['attribute', 'k']]) as Map<Value, Value>[];
      const wanted = list.toSorted((a, b) => a[0] - b[0]);
      return sorted.every((d, i) => d.get('k') === wanted[i]![0] && d.get('v') === wanted[i]![1]);
    }),
  );
});

test('set filters agree with sets', () => {
  const list = fc.array(fc.integer({ min: 0, max: 9 }));
  fc.assert(
    fc.property(list, list, (a, b) => {
      const [x, y] = [new Set(a), new Set(b)];
      assert.equal(apply('union', a, [b]), [...new Set([...a, ...b])]);
      assert.equal(
        apply('intersect', a, [b]),
        [...x].filter((v) => y.has(v)),
      );
      assert.equal(
        apply('difference', a, [b]),
        [...x].filter((v) => !y.has(v)),
      );
    }),
  );
});

test('dict2items and items2dict are each other’s opposite', () => {
  const dicts = fc.array(fc.tuple(text, leaf)).map((entries) => new Map<Value, Value>(entries));
  fc.assert(fc.property(dicts, (d) => equals(apply('items2dict', apply('dict2items', d)), d)));
});

test('the input of a filter is never changed', () => {
  const names = ['sort', 'unique', 'reverse', 'flatten', 'shuffle', 'list'];
  fc.assert(
    fc.property(fc.array(fc.integer()), fc.constantFrom(...names), (list, name) => {
      const before = [...list];
      apply(name, list);
      assert.equal(list, before);
    }),
  );
});

test.run();
