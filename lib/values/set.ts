import { contains } from './equal.js';
import { asNumber } from './number.js';
import { repr } from './print.js';
import { Special } from './special.js';
import type { Value } from './value.js';

/** The kind of a set. */
const SET = 'set';

/** True for a set, which only literals and the set filters on tuples and texts make. */
export function isSet(v: Value): v is Special {
  return v instanceof Special && v.kind === SET;
}

function distinct(items: readonly Value[]): Value[] {
  const out: Value[] = [];
  for (const item of items) if (!contains(out, item)) out.push(item);
  return out;
}

// Python's order follows hashes; that of small numbers is their size, and no other can be foretold.
function ordered(items: Value[]): Value[] {
  const numbers = items.map(asNumber);
  if (numbers.includes(undefined)) return items;
  return items.toSorted((a, b) => asNumber(a)! - asNumber(b)!);
}

/** Python's set of values that can be hashed; it cannot be changed. */
export function makeSet(values: readonly Value[]): Special {
  const items = ordered(distinct(values));
  const text = items.length ? `{${items.map(repr).join(', ')}}` : 'set()';
  return new Special(SET, {
    iterate: () => items,
    size: () => items.length,
    contains: (wanted) => contains(items, wanted),
    text: () => text,
    equals: (other) =>
      isSet(other) &&
      other.face.size?.() === items.length &&
      items.every((item) => other.face.contains?.(item)),
    subtract: (other) =>
      isSet(other) ? makeSet(items.filter((item) => !other.face.contains?.(item))) : undefined,
    plain: () => items,
  });
}

/** True for what Python can hash, as far as the kind of the value tells: everything but lists, dicts and sets. */
export function isHashableKind(v: Value): boolean {
  return !Array.isArray(v) && !(v instanceof Map) && !isSet(v);
}
