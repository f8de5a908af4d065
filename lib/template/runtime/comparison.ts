import { equals, findKey } from '../../values/equal.js';
import { iterate } from '../../values/iterate.js';
import { compare } from '../../values/order.js';
import { str } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { Special, stringOf } from '../../values/special.js';
import { truthy } from '../../values/truth.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { hashable } from './dicts.js';
import { given, type Item, UndefinedUse, use, useDeep } from './undefined.js';

/** Python's truth; an undefined is an error, unless it is that of an inline if without else. */
export function truth(v: Item): boolean {
  if (typeof v === 'boolean') return v;
  if (!(v instanceof Undefined)) return truthy(v);
  if (v.lax) return false;
  throw new UndefinedUse(v);
}

function sizeOf(v: Value): number {
  if (Array.isArray(v)) return v.length;
  return v instanceof Map ? v.size : -1;
}

/** Python's `==`. */
export function same(a: Item, b: Item): boolean {
  const lax = [a, b].map((v) => v instanceof Undefined && v.lax);
  if (lax[0] || lax[1]) return Boolean(lax[0] && lax[1]);
  const [x, y] = [use(a), use(b)];
  // An undefined inside a list fails when it is compared, unless their lengths decide first.
  if (typeof x === 'object' && typeof y === 'object' && sizeOf(x) === sizeOf(y)) {
    useDeep(x);
    useDeep(y);
  }
  return equals(x, y);
}

/** Python's `in` for the items of a list: an undefined one is an error when the search comes to it. */
export function among(items: Iterable<Value>, wanted: Value): boolean {
  for (const item of items) if (equals(use(item), wanted)) return true;
  return false;
}

/** Python's `in`. */
export function within(wanted: Item, container: Item): boolean {
  const box = given(container);
  const value = given(wanted);
  const whole = stringOf(box);
  if (whole !== undefined) {
    const text = stringOf(value);
    if (text !== undefined) return whole.includes(text);
    throw new ValueProblem(`'in <string>' requires string as left operand, not ${typeName(value)}`);
  }
  if (box instanceof Map) return findKey(box, hashable(value)) !== undefined;
  if (box instanceof Special && box.face.contains) return box.face.contains(value);
  return among(iterate(box), value);
}

/** The comparison operators by name. */
export const COMPARISONS = {
  '==': same,
  '!=': (a: Item, b: Item): boolean => !same(a, b),
  '<': (a: Item, b: Item): boolean => compare(use(a), use(b), '<') < 0,
  '<=': (a: Item, b: Item): boolean => compare(use(a), use(b), '<=') <= 0,
  '>': (a: Item, b: Item): boolean => compare(use(a), use(b), '>') > 0,
  '>=': (a: Item, b: Item): boolean => compare(use(a), use(b), '>=') >= 0,
  in: within,
  'not in': (a: Item, b: Item): boolean => !within(a, b),
} as const;

/** Jinja2's `~`: both sides as text. */
export function joinText(parts: readonly Item[]): Value {
  return parts.map((part) => (part instanceof Undefined && part.lax ? '' : str(use(part)))).join('');
}
