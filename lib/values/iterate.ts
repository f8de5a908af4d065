import { ValueProblem } from './problem.js';
import { Special } from './special.js';
import { typeName } from './typename.js';
import { Bytes, Tuple, type Value } from './value.js';

/** Python's iter(): items, a dict's keys, a string's characters. A ValueProblem for what cannot be iterated. */
export function iterate(v: Value): Iterable<Value> {
  if (Array.isArray(v)) return v;
  if (v instanceof Map) return v.keys();
  if (typeof v === 'string') return v;
  if (v instanceof Tuple) return v.items;
  if (v instanceof Bytes) return v.data;
  if (v instanceof Special && v.face.iterate) return v.face.iterate();
  throw new ValueProblem(`'${typeName(v)}' object is not iterable`);
}

/** Python's list(): what `iterate` gives, as a new list. */
export function toList(v: Value): Value[] {
  return Array.from(iterate(v));
}

/** Python's len() (strings by code point), or a ValueProblem. */
export function size(v: Value): number {
  if (typeof v === 'string') return length(v);
  if (Array.isArray(v)) return v.length;
  if (v instanceof Map) return v.size;
  if (v instanceof Tuple) return v.items.length;
  if (v instanceof Bytes) return v.data.length;
  if (v instanceof Special && v.face.size) return v.face.size();
  throw new ValueProblem(`object of type '${typeName(v)}' has no len()`);
}

/** A string's length in code points. */
export function length(text: string): number {
  let n = text.length;
  for (let i = 0; i < text.length - 1; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0xd800 && c < 0xdc00 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) n--;
  }
  return n;
}
