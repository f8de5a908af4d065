import { asNumber, exactNumber } from './number.js';
import { Special, stringOf } from './special.js';
import { Bytes, type Dict, PyFloat, Tuple, type Value } from './value.js';

function sameItems(a: readonly Value[], b: readonly Value[]): boolean {
  return a.length === b.length && a.every((item, i) => equals(item, b[i]!));
}

function sameDicts(a: Dict, b: Dict): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a) {
    const at = findKey(b, key);
    if (at === undefined || !equals(value, b.get(at)!)) return false;
  }
  return true;
}

function sameNumbers(a: Value, b: Value): boolean {
  const [x, y] = [exactNumber(a), exactNumber(b)];
  // JavaScript compares an integer of any size with a float exactly.
  return x !== undefined && y !== undefined && !(x < y) && !(x > y) && x >= y;
}

/** Python's `==`: 1 == True == 1.0, lists and dicts by content, a tuple never equal to a list. */
export function equals(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null) return false;
  if (typeof a === 'string') return stringOf(b) === a;
  if (typeof b === 'string') return stringOf(a) === b;
  if (Array.isArray(a)) return Array.isArray(b) && sameItems(a, b);
  if (a instanceof Map) return b instanceof Map && sameDicts(a, b);
  if (a instanceof Tuple) return b instanceof Tuple && sameItems(a.items, b.items);
  if (a instanceof Bytes) return b instanceof Bytes && Buffer.compare(a.data, b.data) === 0;
  if (a instanceof Special) return a.face.equals?.(b) ?? false;
  if (b instanceof Special) return b.face.equals?.(a) ?? false;
  return sameNumbers(a, b);
}

/** The key under which a dict holds a value's equal (1 finds True and 1.0), or undefined. */
export function findKey(dict: ReadonlyMap<Value, unknown>, key: Value): Value | undefined {
  if (dict.has(key)) return key;
  if (typeof key === 'string' || key === null) return undefined;
  for (const candidate of dict.keys())
    if (typeof candidate !== 'string' && equals(candidate, key)) return candidate;
  return undefined;
}

/** The value that a dict holds under a key's equal, or undefined. */
export function lookup<T>(dict: ReadonlyMap<Value, T>, key: Value): T | undefined {
  if (typeof key === 'string') return dict.get(key);
  const at = findKey(dict, key);
  return at === undefined ? undefined : dict.get(at);
}

/** Sets a dict's entry as Python does: an equal key keeps its place and spelling. */
export function assign<T>(dict: Map<Value, T>, key: Value, value: T): void {
  if (typeof key === 'string' || typeof key === 'bigint') dict.set(key, value);
  else dict.set(findKey(dict, key) ?? key, value);
}

/** Python's `in` for a sequence of values. */
export function contains(items: Iterable<Value>, wanted: Value): boolean {
  for (const item of items) if (equals(item, wanted)) return true;
  return false;
}

/**
 * A string that two values share exactly when they are equal, for sets and grouping in linear time;
 * undefined for lists, dicts and special values, which Python cannot hash.
 */
export function hashOf(v: Value): string | undefined {
  if (typeof v === 'string') return `s${v}`;
  if (v === null) return 'n';
  if (typeof v === 'bigint') return `i${v}`;
  if (v instanceof Special) return v.face.string === undefined ? undefined : `s${v.face.string}`;
  if (v instanceof Bytes) return `b${Buffer.from(v.data).toString('latin1')}`;
  if (v instanceof Tuple) {
    const parts = v.items.map(hashOf);
    return parts.includes(undefined) ? undefined : `t${JSON.stringify(parts)}`;
  }
  const n = v instanceof PyFloat ? v.value : asNumber(v);
  if (n === undefined) return undefined;
  return Number.isInteger(n) && !Number.isSafeInteger(n) ? `i${BigInt(n)}` : `i${n === 0 ? 0 : n}`;
}
