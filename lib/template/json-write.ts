import { isFloat, isInt } from '../values/number.js';
import { compare } from '../values/order.js';
import { reprFloat, str } from '../values/print.js';
import { Special, stringOf } from '../values/special.js';
import { typeName } from '../values/typename.js';
import { Bytes, PyFloat, Tuple, type Value } from '../values/value.js';
import { TemplateError } from './library.js';
import { use } from './runtime/undefined.js';

/** The arguments of Python's json.dumps() that matter; `indent` is the text of one level. */
export type JsonStyle = {
  indent?: string | undefined;
  sortKeys?: boolean;
  ensureAscii?: boolean;
  itemSeparator?: string;
  keySeparator?: string;
};

/** A JSON string, with everything outside ASCII escaped unless told otherwise. */
export function jsonString(s: string, ensureAscii = true): string {
  const quoted = JSON.stringify(s);
  if (!ensureAscii) return quoted;
  return quoted.replace(/[^ -~]/g, (ch) => `\\u${ch.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function number(v: Value): string {
  const n = v instanceof PyFloat ? v.value : (v as number);
  if (Number.isNaN(n)) return 'NaN';
  return Number.isFinite(n) ? reprFloat(n) : n > 0 ? 'Infinity' : '-Infinity';
}

function keyText(key: Value): string {
  if (typeof key === 'string') return key;
  if (key === null) return 'null';
  if (typeof key === 'boolean') return String(key);
  if (isFloat(key)) return number(key);
  if (isInt(key)) return str(key);
  throw new TemplateError(`a ${typeName(key)} cannot be a key in JSON`);
}

function scalar(v: Value, style: JsonStyle): string | undefined {
  const string = stringOf(v);
  if (string !== undefined) return jsonString(string, style.ensureAscii);
  if (v === null) return 'null';
  if (typeof v === 'boolean') return String(v);
  if (isInt(v)) return str(v);
  if (isFloat(v)) return number(v);
  if (v instanceof Bytes) return jsonString(Buffer.from(v.data).toString('utf8'), style.ensureAscii);
  return undefined;
}

function wrap(open: string, parts: string[], close: string, style: JsonStyle, depth: number): string {
  if (parts.length === 0) return open + close;
  const separator = style.itemSeparator ?? (style.indent === undefined ? ', ' : ',');
  if (style.indent === undefined) return open + parts.join(separator) + close;
  const margin = `\n${style.indent.repeat(depth + 1)}`;
  return `${open}${margin}${parts.join(separator + margin)}\n${style.indent.repeat(depth)}${close}`;
}

function write(v: Value, style: JsonStyle, depth: number): string {
  const plain = scalar(v, style);
  if (plain !== undefined) return plain;
  if (v instanceof Map) {
    const entries = Array.from(v);
    if (style.sortKeys) entries.sort((a, b) => compare(a[0], b[0]));
    const parts = entries.map(
      ([key, value]) =>
        jsonString(keyText(key), style.ensureAscii) +
        (style.keySeparator ?? ': ') +
        write(value, style, depth + 1),
    );
    return wrap('{', parts, '}', style, depth);
  }
  const list = v instanceof Tuple ? v.items : v;
  if (Array.isArray(list))
    return wrap(
      '[',
      list.map((item) => write(item, style, depth + 1)),
      ']',
      style,
      depth,
    );
  return special(use(v), style);
}

function special(v: Value, style: JsonStyle): string {
  if (v instanceof Special && /^date/.test(v.kind))
    return jsonString(str(v).replace(' ', 'T'), style.ensureAscii);
  throw new TemplateError(`a ${typeName(v)} cannot be written as JSON`);
}

/** A value as Python's json.dumps() writes it, byte for byte. */
export function writeJson(v: Value, style: JsonStyle = {}): string {
  return write(v, style, 0);
}
