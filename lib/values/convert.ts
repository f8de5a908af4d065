import { exactNumber, spelling } from './exact.js';
import type { Json, JsonObject } from './json.js';
import { float, int } from './number.js';
import { reprString, str } from './print.js';
import { ValueProblem } from './problem.js';
import { Bytes, type Dict, PyFloat, Tuple, type Value } from './value.js';

/** A dict's key as a JSON key, spelt as Python's json module spells it. */
export function jsonKey(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return key ? 'true' : 'false';
  if (key instanceof Tuple) return `[${key.items.map((item) => JSON.stringify(toJson(item))).join(', ')}]`;
  return str(key);
}

type Convert = (v: Value) => Json;

function fromDict(dict: Dict, convert: Convert): JsonObject {
  const out: JsonObject = {};
  for (const [key, value] of dict) {
    const name = jsonKey(key);
    if (name === '__proto__')
      Object.defineProperty(out, name, {
        value: convert(value),
        enumerable: true,
        writable: true,
        configurable: true,
      });
    else out[name] = convert(value);
  }
  return out;
}

/** A value as plain JSON: tuples as arrays, bytes as text, keys as strings. A special value is a ValueProblem. */
export function toJson(v: Value): Json {
  return converted(v, toJson);
}

/** Like `toJson`, for results: floats stay floats and large integers keep their digits (see exact.ts). */
export function toResult(v: Value): Json {
  return exactNumber(v) ?? converted(v, toResult);
}

function converted(v: Value, convert: Convert): Json {
  if (v === null || typeof v === 'string' || typeof v === 'boolean' || typeof v === 'number') return v;
  if (Array.isArray(v)) return v.map(convert);
  if (v instanceof Map) return fromDict(v, convert);
  if (v instanceof PyFloat) return v.value;
  if (v instanceof Tuple) return v.items.map(convert);
  if (typeof v === 'bigint') return Number(v);
  if (v instanceof Bytes) return Buffer.from(v.data).toString('utf8');
  const plain = v.face.plain?.() ?? v.face.finish?.();
  if (plain !== undefined) return convert(plain);
  throw new ValueProblem(`${v.kind} cannot be turned into JSON: ${reprString(str(v))}`);
}

/** A value whose tuples are lists, at any depth: what variables hold once they have been read as templates. */
export function withoutTuples(value: Value): Value {
  if (value instanceof Tuple) return value.items.map(withoutTuples);
  if (Array.isArray(value)) return value.map(withoutTuples);
  if (value instanceof Map) return new Map([...value].map(([k, v]) => [k, withoutTuples(v)]));
  return value;
}

function fromSpelling(text: string): Value {
  return /^-?\d+$/.test(text) ? int(BigInt(text)) : float(Number(text));
}

/** Plain JSON as a value. Numbers with a fraction are floats, all others integers; absent entries are left out. */
export function fromJson(json: Json | undefined): Value {
  if (json === null || json === undefined) return null;
  if (typeof json === 'number') return Number.isInteger(json) ? int(json) : float(json);
  if (typeof json !== 'object') return json;
  if (Array.isArray(json)) return json.map(fromJson);
  const number = spelling(json);
  if (number !== undefined) return fromSpelling(number);
  const dict: Dict = new Map();
  for (const [key, value] of Object.entries(json)) if (value !== undefined) dict.set(key, fromJson(value));
  return dict;
}
