import { DateTime, dateText, secondsOf } from '../values/datetime.js';
import { float, int } from '../values/number.js';
import type { Value } from '../values/value.js';

// The implicit types of YAML 1.1 as PyYAML resolves them (yaml.org/type): note that 1e3 and 0o17 are text there.
const INT =
  /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE = /^(\d{4})-(\d\d)-(\d\d)$/;
const STAMP =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?$/;

const WORDS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['', null],
  ['~', null],
  ...['null', 'Null', 'NULL'].map((w): [string, Value] => [w, null]),
  ...['yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map((w): [string, Value] => [w, true]),
  ...['no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map((w): [string, Value] => [
    w,
    false,
  ]),
]);

function sixty(digits: string): number {
  return digits.split(':').reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** An integer as YAML 1.1 writes them (binary, octal, hexadecimal, base 60, underscores), or undefined. */
export function yamlInt(text: string): Value | undefined {
  if (!INT.test(text)) return undefined;
  const plain = text.replaceAll('_', '');
  const negative = plain.startsWith('-');
  const digits = plain.replace(/^[-+]/, '');
  const size = /^0[0-7]+$/.test(digits)
    ? BigInt(`0o${digits.slice(1)}`)
    : digits.includes(':')
      ? BigInt(sixty(digits))
      : BigInt(digits);
  return int(negative ? -size : size);
}

/** A float as YAML 1.1 writes them, or undefined. */
export function yamlFloat(text: string): Value | undefined {
  if (!FLOAT.test(text)) return undefined;
  const plain = text.replaceAll('_', '').toLowerCase();
  const sign = plain.startsWith('-') ? -1 : 1;
  const digits = plain.replace(/^[-+]/, '');
  if (digits === '.inf') return float(sign * Number.POSITIVE_INFINITY);
  if (digits === '.nan') return float(Number.NaN);
  return float(sign * (digits.includes(':') ? sixty(digits) : Number(digits)));
}

/** A date or time, or undefined. */
export function yamlDate(text: string): DateTime | undefined {
  const day = DATE.exec(text);
  if (day) return dayOf(Number(day[1]), Number(day[2]), Number(day[3]));
  const m = STAMP.exec(text);
  if (!m) return undefined;
  const [year, month, date, hour, minute, second] = m.slice(1, 7).map(Number) as number[];
  const micros = Number((m[7] ?? '').padEnd(6, '0').slice(0, 6));
  const offset = m[9] ? (m[9] === '-' ? -1 : 1) * (Number(m[10]) * 3600 + Number(m[11] ?? 0) * 60) : 0;
  const seconds = secondsOf(year!, month!, date!, hour!, minute!, second!);
  return new DateTime(seconds, micros, m[8] ? offset : null);
}

function dayOf(year: number, month: number, day: number): DateTime {
  return new DateTime(secondsOf(year, month, day), 0, null, true);
}

/** A date or time as text in Python's spelling, or undefined. */
export function yamlStamp(text: string): string | undefined {
  if (DATE.test(text)) return text;
  const date = yamlDate(text);
  return date && dateText(date);
}

/** What an unquoted scalar means. Dates stay text. */
export function resolvePlain(text: string): Value {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  const c = text.charCodeAt(0);
  // Only digits, signs and points can begin a number or a date.
  if (!((c >= 48 && c <= 57) || c === 43 || c === 45 || c === 46)) return text;
  return yamlInt(text) ?? yamlFloat(text) ?? yamlStamp(text) ?? text;
}

/** The boolean behind a YAML 1.1 word, or undefined. */
export function yamlBool(text: string): boolean | undefined {
  const value = WORDS.get(text);
  return typeof value === 'boolean' ? value : undefined;
}
