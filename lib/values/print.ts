import { Special } from './special.js';
import { Undefined } from './undefined.js';
import { Bytes, PyFloat, Tuple, type Value } from './value.js';

const SHORT: Record<string, string> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\\': '\\\\' };
const ODD = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/u;
const ODD_ALL = /[\\\p{C}\p{Zl}\p{Zp}\p{Zs}]/gu;

function escapeChar(ch: string): string {
  if (ch === ' ') return ch;
  const short = SHORT[ch];
  if (short) return short;
  const code = ch.codePointAt(0)!;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

/** Python's repr() of a string: single quotes unless only they occur in it. */
export function reprString(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = ODD.test(text) ? text.replace(ODD_ALL, escapeChar) : text;
  if (quote === "'" && body.includes("'")) body = body.replaceAll("'", "\\'");
  return quote + body + quote;
}

/** Python's repr() of bytes, `b'..'`. */
export function reprBytes(data: Uint8Array): string {
  let body = '';
  for (const byte of data) {
    const ch = String.fromCharCode(byte);
    const plain = byte >= 0x20 && byte < 0x7f && ch !== '\\';
    body += plain ? ch : (SHORT[ch] ?? `\\x${byte.toString(16).padStart(2, '0')}`);
  }
  const quote = body.includes("'") && !body.includes('"') ? '"' : "'";
  return `b${quote}${quote === "'" ? body.replaceAll("'", "\\'") : body}${quote}`;
}

/** Python's repr() of a float: shortest digits, exponent below 1e-4 and from 1e16. */
export function reprFloat(n: number): string {
  if (Number.isNaN(n)) return 'nan';
  if (!Number.isFinite(n)) return n > 0 ? 'inf' : '-inf';
  if (n === 0) return Object.is(n, -0) ? '-0.0' : '0.0';
  const [mantissa, power] = n.toExponential().split('e') as [string, string];
  const exp = Number(power);
  if (exp >= -4 && exp < 16) {
    const plain = n.toString();
    if (plain.includes('e')) return n.toFixed(mantissa.replace(/[-.]/g, '').length - 1 - exp);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  return `${mantissa}e${exp < 0 ? '-' : '+'}${String(Math.abs(exp)).padStart(2, '0')}`;
}

function list(items: Iterable<unknown>): string {
  const parts: string[] = [];
  for (const item of items) parts.push(repr(item as Value));
  return parts.join(', ');
}

function reprDict(dict: ReadonlyMap<Value, Value>): string {
  const parts: string[] = [];
  for (const [k, v] of dict) parts.push(`${repr(k)}: ${repr(v)}`);
  return `{${parts.join(', ')}}`;
}

function reprTuple(tuple: Tuple): string {
  return tuple.items.length === 1 ? `(${repr(tuple.items[0]!)},)` : `(${list(tuple.items)})`;
}

/** Python's repr(): how a value looks inside a printed list or dict. */
export function repr(v: Value | Undefined): string {
  if (typeof v === 'string') return reprString(v);
  if (v === null) return 'None';
  if (typeof v === 'boolean') return v ? 'True' : 'False';
  if (typeof v === 'number') return Number.isInteger(v) ? String(int0(v)) : reprFloat(v);
  if (typeof v === 'bigint') return v.toString();
  if (Array.isArray(v)) return `[${list(v)}]`;
  if (v instanceof Map) return reprDict(v);
  if (v instanceof PyFloat) return reprFloat(v.value);
  if (v instanceof Tuple) return reprTuple(v);
  if (v instanceof Bytes) return reprBytes(v.data);
  if (v instanceof Undefined) return v.lax ? 'Undefined' : 'AnsibleUndefined';
  return v instanceof Special ? ((v.face.repr ?? v.face.text)?.() ?? `<${v.kind} object>`) : String(v);
}

function int0(n: number): number | bigint {
  return Number.isSafeInteger(n) ? n + 0 : BigInt(n);
}

/** Python's ascii(): repr() with everything outside ASCII escaped. */
export function ascii(v: Value): string {
  return repr(v).replace(/[^\x00-\x7f]/gu, escapeChar);
}

/** Python's str(): how a value looks in text. */
export function str(v: Value | Undefined): string {
  if (typeof v === 'string') return v;
  return (v instanceof Special ? v.face.text?.() : undefined) ?? repr(v);
}
