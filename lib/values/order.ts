import { equals } from './equal.js';
import { exactNumber } from './number.js';
import { ValueProblem } from './problem.js';
import { Special, stringOf } from './special.js';
import { typeName } from './typename.js';
import { Bytes, Tuple, type Value } from './value.js';

/** Compares two strings by code point, as Python does (JavaScript's `<` compares UTF-16 units). */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    const surrogates = (x >= 0xd800 && x < 0xe000 ? 1 : 0) - (y >= 0xd800 && y < 0xe000 ? 1 : 0);
    return surrogates || x - y;
  }
  return a.length - b.length;
}

function compareItems(a: readonly Value[], b: readonly Value[], op: string): number {
  const end = Math.min(a.length, b.length);
  for (let i = 0; i < end; i++) if (!equals(a[i]!, b[i]!)) return compare(a[i]!, b[i]!, op);
  return a.length - b.length;
}

function compareSpecial(a: Value, b: Value): number | undefined {
  if (a instanceof Special) return a.face.compare?.(b);
  const turned = b instanceof Special ? b.face.compare?.(a) : undefined;
  return turned === undefined ? undefined : -turned;
}

/**
 * Python's order: negative, zero or positive; NaN when a NaN takes part. Values of different kinds have none:
 * a ValueProblem that names the operator.
 */
export function compare(a: Value, b: Value, op = '<'): number {
  if (typeof a === 'string' && typeof b === 'string') return compareStrings(a, b);
  const [s, t] = [stringOf(a), stringOf(b)];
  if (s !== undefined && t !== undefined) return compareStrings(s, t);
  const x = exactNumber(a);
  const y = exactNumber(b);
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : x >= y ? 0 : Number.NaN;
  if (Array.isArray(a) && Array.isArray(b)) return compareItems(a, b, op);
  if (a instanceof Tuple && b instanceof Tuple) return compareItems(a.items, b.items, op);
  if (a instanceof Bytes && b instanceof Bytes) return Buffer.compare(a.data, b.data);
  const special = compareSpecial(a, b);
  if (special !== undefined) return special;
  throw new ValueProblem(`'${op}' has no meaning between '${typeName(a)}' and '${typeName(b)}'`);
}
