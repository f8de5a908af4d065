import { iterate } from '../values/iterate.js';
import { asIndex, int } from '../values/number.js';
import { repr, reprString, str } from '../values/print.js';
import { stringOf } from '../values/special.js';
import { truthy } from '../values/truth.js';
import { typeName } from '../values/typename.js';
import { type Dict, PyFloat, Tuple, type Value } from '../values/value.js';
import { type Arg, TemplateError } from './library.js';

import { use } from './runtime/undefined.js';

/** The text of a string argument; anything else is an error that names what was expected. */
export function asText(v: Value | undefined, what = 'a string'): string {
  const string = stringOf(v);
  if (string !== undefined) return string;
  throw new TemplateError(`${what} was expected, not ${typeName(v ?? null)}`);
}

/** Python's str() of an argument or a list's item, which must be defined. */
export function text(v: Arg | undefined): string {
  return str(use(v ?? null));
}

/** Python's iter() as a list; every item may still be an undefined one. */
export function items(v: Value): Value[] {
  return Array.isArray(v) ? v : Array.from(iterate(v));
}

/** A whole number argument, with a default for one that is not given (or None). */
export function count(v: Value | undefined, fallback: number): number {
  return v === undefined || v === null ? fallback : asIndex(v);
}

/** A switch argument, by Python's truth. */
export function flag(v: Value | undefined, fallback = false): boolean {
  return v === undefined ? fallback : truthy(v);
}

/** The type of a value as Python prints it, for messages that playbooks compare: `<class 'int'>`. */
export const classOf = (v: Value | undefined): string => `<class '${typeName(v ?? null)}'>`;

/** A dict, or an error that says what needs one. */
export function asDict(v: Value | undefined, what: string): Dict {
  if (v instanceof Map) return v;
  throw new TemplateError(`${what} needs a dict, not ${typeName(v ?? null)}`);
}

/** True for a list or tuple. */
export function isSequence(v: unknown): v is Value[] | Tuple {
  return Array.isArray(v) || v instanceof Tuple;
}

/** One of a few words, or an error that lists them. */
export function oneOf<T extends string>(v: Value | undefined, words: readonly T[], what: string): T {
  const word = words.find((w) => w === v);
  if (word === undefined)
    throw new TemplateError(
      `${what} must be one of ${words.map(reprString).join(', ')}, not ${repr(v ?? null)}`,
    );
  return word;
}

const INT = /^[+-]?\d+(_\d+)*$/;
const FLOAT = /^[+-]?((\d+(_\d+)*)?\.?(\d+(_\d+)*)?(e[+-]?\d+(_\d+)*)?|inf|infinity|nan)$/i;

/** A digit of any script as one of ASCII: digits stand in runs of ten, zero first. */
function asciiDigit(digit: string): string {
  const code = digit.codePointAt(0)!;
  let start = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start--;
  return String((code - start) % 10);
}

function digitsOf(source: string): string {
  const body = source.trim();
  return /^[\x00-\x7f]*$/.test(body) ? body : body.replace(/\p{Nd}/gu, asciiDigit);
}

/** Python's int() of a text in base 10, or undefined. */
export function parseInteger(source: string): number | bigint | undefined {
  const body = digitsOf(source);
  if (!INT.test(body)) return undefined;
  const digits = body.replaceAll('_', '').replace(/^\+/, '');
  const small = Number(digits);
  return Number.isSafeInteger(small) ? int(small) : int(BigInt(digits));
}

/** Python's float() of a text, or undefined. */
export function parseFloating(source: string): number | undefined {
  const body = digitsOf(source).toLowerCase();
  if (!FLOAT.test(body) || !/\d|inf|nan/.test(body) || /^[+-]?\.?e/.test(body)) return undefined;
  if (body.includes('nan')) return Number.NaN;
  if (body.includes('inf')) return body.startsWith('-') ? -Infinity : Infinity;
  return Number(body.replaceAll('_', ''));
}

/** Python's float() of a value, or undefined when it has none. */
export function toNumber(v: Value): number | undefined {
  if (typeof v === 'number') return v;
  if (v instanceof PyFloat) return v.value;
  if (typeof v === 'string') return parseFloating(v);
  if (typeof v === 'boolean' || typeof v === 'bigint') return Number(v);
  return undefined;
}
