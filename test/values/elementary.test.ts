import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { log, log10, pow } from '../../lib/values/elementary.js';

// What Python's math module says on Linux; JavaScript's own functions differ from each in the last digit.
const LOGS: [number, number, number][] = [
  [3, 1.0986122886681098, 0.47712125471966244],
  [7, 1.9459101490553132, 0.8450980400142568],
  [1.5, 0.4054651081081644, 0.17609125905568124],
  [1e300, 690.7755278982137, 300],
  [5e-324, -744.4400719213812, -323.3062153431158],
  [100000, 11.512925464970229, 5],
  [0.3460779190181549, -1.061091329803572, -0.46082610932907486],
];

const POWERS: [number, number, number][] = [
  [8206, 1 / 3, 20.17021391812872],
  [0.3460779190181549, -9, 14042.194492243785],
  [56.59665173422043, -0.422307409587547, 0.18187938769030168],
  [1.1, 10, 2.5937424601000023],
  [-2, 3, -8],
  [-0.5, 2, 0.25],
  [2, -1074, 5e-324],
  [10, -320, 1e-320],
  [10, 308, 1e308],
  [10, 309, Number.POSITIVE_INFINITY],
  [0, -1, Number.POSITIVE_INFINITY],
  [-8, 1 / 3, Number.NaN],
  [1, 1e300, 1],
];

for (const [n, natural, decimal] of LOGS)
  test(`the logarithms of ${n}`, () => {
    assert.is(log(n), natural);
    assert.is(log10(n), decimal);
  });

for (const [base, exponent, wanted] of POWERS)
  test(`${base} to the power of ${exponent}`, () => {
    assert.ok(Object.is(pow(base, exponent), wanted), String(pow(base, exponent)));
  });

test('results are at most a few units beside those of JavaScript', () => {
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 4e-16 * Math.max(Math.abs(b), 5e-308);
  const positive = fc.double({ min: 1e-300, max: 1e300, noNaN: true });
  fc.assert(
    fc.property(positive, (n) => near(log(n), Math.log(n)) || near(n, 1)),
    { numRuns: 60 },
  );
  fc.assert(
    fc.property(fc.double({ min: 1e-9, max: 1e9, noNaN: true }), fc.integer({ min: -30, max: 30 }), (n, e) =>
      near(pow(n, e) / n ** e, 1),
    ),
    { numRuns: 60 },
  );
});

test('whole powers of whole numbers are exact', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 0, max: 16 }), (n, e) => {
      assert.is(pow(n, e), Number(BigInt(n) ** BigInt(e)));
    }),
    { numRuns: 60 },
  );
});

test.run();
