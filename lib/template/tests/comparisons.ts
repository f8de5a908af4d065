import { equals } from '../../values/equal.js';
import { asNumber } from '../../values/number.js';
import { compare } from '../../values/order.js';
import { truthy } from '../../values/truth.js';
import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import { isIn } from '../filters/sequences.js';
import { membership } from '../filters/sets.js';
import { TemplateError, type Test } from '../library.js';
import { items } from '../read.js';
import { is } from '../signature.js';

function remainder(v: Value, by: Value): number {
  const [n, divisor] = [asNumber(v), asNumber(by)];
  if (n === undefined || divisor === undefined)
    throw new TemplateError(`numbers were expected, not '${typeName(v)}' and '${typeName(by)}'`);
  if (divisor === 0) throw new TemplateError('division by zero');
  if (typeof v === 'bigint' || typeof by === 'bigint')
    return Number(BigInt(Math.trunc(n)) % BigInt(Math.trunc(divisor)));
  return ((n % divisor) + divisor) % divisor;
}

const ordered = (op: string, holds: (order: number) => boolean): Test =>
  is('other', (a, [b]) => holds(compare(a, b!, op)));

const eq = is('other', (a, [b]) => equals(a, b!));
const ne = is('other', (a, [b]) => !equals(a, b!));
const lt = ordered('<', (n) => n < 0);
const le = ordered('<=', (n) => n <= 0);
const gt = ordered('>', (n) => n > 0);
const ge = ordered('>=', (n) => n >= 0);

function subset(a: Value, b: Value): boolean {
  return items(a).every(membership(items(b)));
}

const isSubset = is('b', (a, [b]) => subset(a, b!));
const isSuperset = is('b', (a, [b]) => subset(b!, a));

function isNan(v: Value): boolean {
  const n = asNumber(v);
  return n !== undefined && Number.isNaN(n);
}

function sameAs(a: Value, b: Value): boolean {
  return a === b;
}

/** Tests that compare two values, and those of membership. */
export const comparisonTests: Record<string, Test> = {
  odd: is('', (v) => remainder(v, 2) === 1),
  even: is('', (v) => remainder(v, 2) === 0),
  divisibleby: is('num', (v, [num]) => remainder(v, num!) === 0),
  eq,
  equalto: eq,
  '==': eq,
  ne,
  '!=': ne,
  lt,
  '<': lt,
  lessthan: lt,
  le,
  '<=': le,
  gt,
  '>': gt,
  greaterthan: gt,
  ge,
  '>=': ge,
  sameas: is('other', (a, [b]) => sameAs(a, b!)),
  in: is('seq', (v, [seq]) => isIn(v, seq!)),
  contains: is('value', (seq, [v]) => isIn(v!, seq)),
  subset: isSubset,
  issubset: isSubset,
  superset: isSuperset,
  issuperset: isSuperset,
  nan: is('', isNan),
  isnan: is('', isNan),
  any: is('', (v) => items(v).some(truthy)),
  all: is('', (v) => items(v).every(truthy)),
};
