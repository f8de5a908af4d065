import { ValueProblem } from './problem.js';
import { PyFloat, type Value } from './value.js';

/** A float: boxed when integral, infinite or not a number, so that it keeps its type. */
export function float(n: number): Value {
  return Number.isInteger(n) || !Number.isFinite(n) ? new PyFloat(n) : n;
}

/** An integer: a number where it is exact, else a bigint. */
export function int(n: bigint | number): number | bigint {
  if (typeof n === 'bigint')
    return n >= Number.MIN_SAFE_INTEGER && n <= Number.MAX_SAFE_INTEGER ? Number(n) : n;
  if (Number.isSafeInteger(n)) return n === 0 ? 0 : n;
  return BigInt(n);
}

/** True for an integer (not for a bool). */
export function isInt(v: unknown): v is number | bigint {
  return typeof v === 'number' ? Number.isInteger(v) : typeof v === 'bigint';
}

/** True for a float. */
export function isFloat(v: unknown): v is number | PyFloat {
  return v instanceof PyFloat || (typeof v === 'number' && !Number.isInteger(v));
}

/** True for an integer or a float (not for a bool). */
export function isNumber(v: unknown): v is number | bigint | PyFloat {
  return typeof v === 'number' || typeof v === 'bigint' || v instanceof PyFloat;
}

/** A number or bool as a JavaScript number (a bigint loses precision), or undefined for anything else. */
export function asNumber(v: unknown): number | undefined {
  if (typeof v === 'number') return v;
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (typeof v === 'bigint') return Number(v);
  return v instanceof PyFloat ? v.value : undefined;
}

/** A number or bool as JavaScript compares it exactly, large integers as a bigint; undefined for anything else. */
export function exactNumber(v: unknown): number | bigint | undefined {
  return typeof v === 'bigint' ? v : asNumber(v);
}

/** An integer or bool as a JavaScript integer for indexes and counts; a ValueProblem for anything else. */
export function asIndex(v: unknown, what = 'an integer'): number {
  if (typeof v === 'boolean') return v ? 1 : 0;
  if (isInt(v)) return Number(v);
  throw new ValueProblem(`${what} was expected, not ${v === null ? 'None' : typeof v}`);
}
