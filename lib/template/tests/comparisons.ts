import { equals } from '../../values/equal.js';
import { asNumber } from '../../values/number.js';
import { compare } from '../../values/order.js';
import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { membership } from '../filters/sets.js';
import type { Test } from '../library.js';
import { items } from '../read.js';
import { modulo } from '../runtime/arithmetic.js';
import { within } from '../runtime/comparison.js';
import { hashable } from '../runtime/dicts.js';
import { is } from '../signature.js';

const ordered = (op: string, holds: (order: number) => boolean): Test =>
  is('other', (a, [b]) => holds(compare(a, b!, op)));

const eq = is('other', (a, [b]) => equals(a, b!));
const ne = is('other', (a, [b]) => !equals(a, b!));
const lt = ordered('<', (n) => n < 0);
const le = ordered('<=', (n) => n <= 0);
const gt = ordered('>', (n) => n > 0);
const ge = ordered('>=', (n) => n >= 0);

function subset(a: Value, b: Value): boolean {
  const [list, all] = [items(a), items(b)];
  for (const v of [...list, ...all]) hashable(v);
  return list.every(membership(all));
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
  odd: is('', (v) => equals(modulo(v, 2), 1)),
  even: is('', (v) => equals(modulo(v, 2), 0)),
  divisibleby: is('num', (v, [num]) => equals(modulo(v, num!), 0)),
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
  in: is('seq', (v, [seq]) => within(v, seq!)),
  contains: is('value', (seq, [v]) => within(v!, seq)),
  subset: isSubset,
  issubset: isSubset,
  superset: isSuperset,
  issuperset: isSuperset,
  nan: is('', isNan),
  isnan: is('', isNan),
  any: is('', (v) => items(v).some(truthy)),
  all: is('', (v) => items(v).every(truthy)),
};
