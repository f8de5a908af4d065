import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { float } from '../../lib/values/number.js';
import { repr } from '../../lib/values/print.js';
import type { Value } from '../../lib/values/value.js';
import { anyValue } from '../values/arbitrary.js';
import { evaluate, hasPython } from '../values/python.js';
import { filesOf, scopeOf, templater } from './given.js';

/** Ours: repr() of an expression's value, or undefined where it is an error. */
function ours(expression: string): string | undefined {
  try {
    const text = `{% set result = [${expression}] %}{{ result }}`;
    const list = templater.value(text, scopeOf({}), filesOf());
    return Array.isArray(list) ? repr(list[0]!) : repr(list).slice(2, -2);
  } catch {
    return undefined;
  }
}

/** Expressions of a grammar are made at random (the same ones each time), and Python says what they are. */
function compare(name: string, expression: fc.Arbitrary<string>, runs = 600): void {
  test(name, () => {
    if (!hasPython()) return;
    const all = [...new Set(fc.sample(expression, { numRuns: runs, seed: 7 }))];
    const theirs = evaluate(all);
    const wrong = all.flatMap((e, i) => {
      const mine = ours(e);
      return mine === theirs[i] ? [] : [`${e}\n   python: ${theirs[i]}\n   ours:   ${mine}`];
    });
    assert.is(wrong.length, 0, wrong.slice(0, 10).join('\n'));
  });
}

const whole = fc.integer({ min: -40, max: 40 }).map((n) => (n < 0 ? `(${n})` : String(n)));
const real = fc
  .double({ min: -1e6, max: 1e6, noNaN: true })
  .filter((n) => n === 0 || Math.abs(n) > 1e-300)
  .map((n) => (Object.is(n, -0) || n < 0 ? `(${repr(float(n) as Value)})` : repr(float(n))));
const number = fc.oneof(whole, real, fc.constantFrom('True', 'False', '9007199254740992', '0.5', '2.0'));
const letters = fc.string({
  unit: fc.constantFrom('a', 'b', 'B', ' ', '1', '-', 'é', '😀', ','),
  maxLength: 8,
});
const text = letters.map((s) => repr(s));
const list = fc.array(number, { maxLength: 5 }).map((items) => `[${items.join(', ')}]`);
const bound = fc.oneof(fc.constant(''), fc.integer({ min: -7, max: 7 }).map(String));

compare(
  'arithmetic',
  fc.tuple(number, fc.constantFrom('+', '-', '*', '/', '//', '%'), number).map((p) => p.join(' ')),
);

compare(
  'mixed precedence of signs and products',
  fc
    .tuple(whole, fc.constantFrom('+', '-'), whole, fc.constantFrom('*', '//', '%'), whole)
    .map((p) => p.join(' ')),
);

compare(
  'comparison chains',
  fc
    .tuple(
      number,
      fc.constantFrom('<', '<=', '==', '!=', '>'),
      number,
      fc.constantFrom('<', '>=', '=='),
      number,
    )
    .map((p) => p.join(' ')),
);

compare(
  'logic gives operands',
  fc
    .tuple(number, fc.constantFrom('and', 'or'), text, fc.constantFrom('and', 'or'), list)
    .map((p) => p.join(' ')),
);

compare(
  'slices of text and lists',
  fc.tuple(fc.oneof(text, list), bound, bound, bound).map(([v, a, b, c]) => `${v}[${a}:${b}:${c}]`),
);

compare(
  'equality of any values',
  fc.tuple(anyValue, anyValue).map(([a, b]) => `${safe(a)} == ${safe(b)}`),
);

compare(
  'splitting',
  fc
    .tuple(
      text,
      fc.constantFrom('split', 'rsplit'),
      fc.constantFrom('', "','", "' '", "'a'", "' ', 1", 'None, 1', "',', 2"),
    )
    .map(([s, method, args]) => `${s}.${method}(${args})`),
);

compare(
  'text methods',
  fc
    .tuple(
      text,
      fc.constantFrom(
        'strip()',
        'lstrip()',
        'rstrip()',
        "strip('ab ')",
        'title()',
        'capitalize()',
        'swapcase()',
        'isalnum()',
        'isdigit()',
        'isupper()',
        'istitle()',
        "partition('a')",
        "rpartition('b')",
        'center(9)',
        "center(8, '*')",
        "ljust(6, '.')",
        'zfill(6)',
        "count('a')",
        "count('')",
        "find('b')",
        "rfind('a')",
        "replace('a', 'xx')",
        "replace('', '-')",
        "replace('a', '', 1)",
        "startswith('a')",
        "endswith(('a', '1'))",
        'splitlines()',
        "join(['x', 'y'])",
        'isspace()',
        'isalpha()',
        "removeprefix('a')",
        'expandtabs(3)',
        'islower()',
      ),
    )
    .map(([s, call]) => `${s}.${call}`),
  1500,
);

compare(
  'percent formats',
  fc
    .tuple(
      fc.constantFrom('', '-', '+', '0', ' ', '#', '-+', '+0'),
      fc.constantFrom('', '1', '8', '12'),
      fc.constantFrom('', '.0', '.2', '.5'),
      fc.constantFrom('d', 'i', 'x', 'X', 'o', 'f', 'e', 'g', 'G', 's', 'r'),
      number,
    )
    .map(([flags, width, precision, kind, v]) => `'%${flags}${width}${precision}${kind}|' % ${v}`),
  1500,
);

compare(
  'format specifications',
  fc
    .tuple(
      fc.constantFrom('', '<', '>', '^', '*^', '_>', '='),
      fc.constantFrom('', '+', ' ', '-'),
      fc.constantFrom('', '#'),
      fc.constantFrom('', '0'),
      fc.constantFrom('', '6', '12'),
      fc.constantFrom('', ',', '_'),
      fc.constantFrom('', 'd', 'x', 'b', 'o', 'X', '.2f', '.0f', '.3e', '.4g', 'g', '%', '.1%', 'n'),
      number.filter((n) => n !== 'True' && n !== 'False'),
    )
    .map(
      ([align, sign, alt, zero, width, group, kind, v]) =>
        `'{:${align}${sign}${alt}${zero}${width}${group}${kind}}|'.format(${v})`,
    ),
  1500,
);

/** A value as an expression that both languages read: no exponents of negative zero, no `b''`. */
function safe(v: Value): string {
  return repr(v);
}

test.run();
