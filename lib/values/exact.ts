import type { Json, JsonObject } from './json.js';
import { isFloat } from './number.js';
import { reprFloat, str } from './print.js';
import { PyFloat, type Value } from './value.js';

// JSON in JavaScript has one kind of number. In results, those that it cannot hold (3.0, integers beyond 2^53) are
// objects with this one key and Python's spelling, until they are printed or become values again.
const KEY = '__number';
const SPELT = /\{"__number":"(-?\d[\d.e+-]*)"\}/g;

/** A number as results hold it: plain where JavaScript has that number, else spelt out; undefined for other values. */
export function exactNumber(v: Value): Json | undefined {
  if (typeof v === 'bigint') return { [KEY]: String(v) };
  if (!(v instanceof PyFloat) || !Number.isFinite(v.value)) return undefined;
  return { [KEY]: reprFloat(v.value) };
}

/** Python's spelling of a number that is spelt out, or undefined for any other object. */
export function spelling(json: JsonObject): string | undefined {
  const text = json[KEY];
  return typeof text === 'string' && Object.keys(json).length === 1 ? text : undefined;
}

/** Python's spelling of a plain number. */
export function numberText(n: number): string {
  return isFloat(n) ? reprFloat(n) : str(n);
}

/** A text of JSON in which numbers that were spelt out are numbers. */
export function withNumbers(text: string): string {
  return text.replace(SPELT, '$1');
}
