import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { literalOrText } from '../../../lib/inventory/formats/literal.js';
import { splitWords } from '../../../lib/inventory/formats/words.js';
import { float } from '../../../lib/values/number.js';
import { repr } from '../../../lib/values/print.js';
import { Tuple, type Value } from '../../../lib/values/value.js';

// Text as an inventory has it, and the value as Python's repr() shows it (checked against ast.literal_eval).
const CASES: [text: string, expected: string][] = [
  ['1', '1'],
  ['-1', '-1'],
  ['+1', '1'],
  ['1.0', '1.0'],
  ['1e3', '1000.0'],
  ['.5', '0.5'],
  ['5.', '5.0'],
  ['0x1f', '31'],
  ['0o17', '15'],
  ['0b11', '3'],
  ['1_000', '1000'],
  ['00', '0'],
  ['017', "'017'"],
  ['1__0', "'1__0'"],
  ['True', 'True'],
  ['true', "'true'"],
  ['None', 'None'],
  ['Nonesense', "'Nonesense'"],
  ['[1, "a", None,]', "[1, 'a', None]"],
  ['[1 2]', "'[1 2]'"],
  ['()', '()'],
  ['(1,)', '(1,)'],
  ['(1)', '1'],
  ['1, 2', '(1, 2)'],
  ['1,', '(1,)'],
  ["{'a': 1, 'b': [2]}", "{'a': 1, 'b': [2]}"],
  ['{}', '{}'],
  ['{1, 2}', '[1, 2]'],
  ['"a" "b"', "'ab'"],
  ["'it\\'s'", '"it\'s"'],
  ["'\\x41\\u00e9\\n'", "'Aé\\n'"],
  ["r'\\n'", "'\\\\n'"],
  ["b'hi'", "b'hi'"],
  ["'''a\nb'''", "'a\\nb'"],
  ["'open", '"\'open"'],
  ['hello', "'hello'"],
  ['hello world', "'hello world'"],
  ['1 # one', '1'],
  ['{{ x }}', "'{{ x }}'"],
  ['', "''"],
  ['12345678901234567890', '12345678901234567890'],
  ['10.0.0.1', "'10.0.0.1'"],
  ['1-2', "'1-2'"],
];

for (const [text, expected] of CASES)
  test(`literal ${JSON.stringify(text)}`, () => {
    assert.is(repr(literalOrText(text)), expected);
  });

test("what Python's repr() prints is read back", () => {
  const { value } = fc.letrec<{ value: Value }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.integer(),
      fc.bigInt({ min: 2n ** 60n, max: 2n ** 80n }),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(float),
      fc.array(tie('value'), { maxLength: 3 }),
      fc.array(tie('value'), { maxLength: 3 }).map((items) => new Tuple(items)),
      fc.uniqueArray(fc.string(), { maxLength: 3 }).map((keys) => new Map(keys.map((k, i) => [k, i]))),
    ) as fc.Arbitrary<Value>,
  }));
  fc.assert(
    fc.property(value, (v) => {
      assert.is(repr(literalOrText(repr(v))), repr(v));
    }),
  );
});

test('any text at all gives some value', () => {
  fc.assert(fc.property(fc.string(), (text) => void literalOrText(text)));
});

test('words of a line', () => {
  const texts = (line: string) => splitWords(line)?.map((w) => w.text);
  assert.equal(texts('a b="x y" c=\'d "e"\' # rest'), ['a', 'b=x y', 'c=d "e"']);
  assert.equal(texts('a\\ b "c\\"d" e\\n'), ['a b', 'c"d', 'en']);
  assert.equal(texts('a "" b'), ['a', '', 'b']);
  assert.is(texts('a "b'), undefined);
  assert.equal(
    splitWords('  ab  cd')?.map((w) => w.col),
    [3, 7],
  );
});

test.run();
