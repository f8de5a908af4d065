import { fixed, general, scientific } from './digits.js';
import { lookup } from './equal.js';
import { asNumber, isInt } from './number.js';
import { ascii, repr, str } from './print.js';
import { ValueProblem } from './problem.js';
import { typeName } from './typename.js';
import { Tuple, type Value } from './value.js';

const SPEC = /%(?:\(([^)]*)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d+))?[hlL]?([\s\S]?)/g;

type Spec = { flags: string; width: number; precision: number | undefined; kind: string };

function asWhole(v: Value, kind: string): bigint {
  if (typeof v === 'boolean' || isInt(v)) return BigInt(v);
  const n = asNumber(v);
  if (n === undefined || kind !== 'd' || !Number.isFinite(n))
    throw new ValueProblem(`%${kind} format: a number is required, not ${typeName(v)}`);
  return BigInt(Math.trunc(n));
}

function digitsOf(n: bigint, spec: Spec): string {
  const base = { x: 16, X: 16, o: 8 }[spec.kind] ?? 10;
  const digits = n.toString(base).padStart(spec.precision ?? 0, '0');
  const prefix = spec.flags.includes('#') ? ({ x: '0x', X: '0X', o: '0o' }[spec.kind] ?? '') : '';
  return prefix + (spec.kind === 'X' ? digits.toUpperCase() : digits);
}

function realOf(n: number, spec: Spec): string {
  const precision = spec.precision ?? 6;
  const lower = spec.kind.toLowerCase();
  const alternate = spec.flags.includes('#');
  const text =
    lower === 'f'
      ? fixed(n, precision, alternate)
      : lower === 'e'
        ? scientific(n, precision, alternate)
        : general(n, precision || 1, alternate);
  return spec.kind === lower ? text : text.toUpperCase();
}

function sign(negative: boolean, flags: string): string {
  return negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
}

function number(v: Value, spec: Spec): string {
  const whole = 'diuxXo'.includes(spec.kind)
    ? asWhole(v, 'diu'.includes(spec.kind) ? 'd' : spec.kind)
    : undefined;
  const real = whole === undefined ? asNumber(v) : undefined;
  if (whole === undefined && real === undefined)
    throw new ValueProblem(`must be real number, not ${typeName(v)}`);
  const negative = whole === undefined ? real! < 0 || Object.is(real, -0) : whole < 0n;
  const body =
    whole === undefined ? realOf(Math.abs(real!), spec) : digitsOf(negative ? -whole : whole, spec);
  const lead = sign(negative, spec.flags);
  if (!spec.flags.includes('0') || spec.flags.includes('-')) return lead + body;
  return lead + body.padStart(spec.width - lead.length, '0');
}

function character(v: Value): string {
  if (typeof v === 'string' && [...v].length === 1) return v;
  if (isInt(v)) return String.fromCodePoint(Number(v));
  throw new ValueProblem('%c requires int or char');
}

function convert(v: Value, spec: Spec, write: Escape | undefined): string {
  if (spec.kind === 's' || spec.kind === 'r' || spec.kind === 'a') {
    const shown = spec.kind === 's' ? v : spec.kind === 'a' ? ascii(v) : repr(v);
    const text = write ? write(shown) : str(shown);
    return spec.precision === undefined ? text : [...text].slice(0, spec.precision).join('');
  }
  if (spec.kind === 'c') return character(v);
  if ('diuxXoeEfFgG'.includes(spec.kind) && spec.kind !== '') return number(v, spec);
  throw new ValueProblem(`unsupported format character '${spec.kind}'`, 'ValueError');
}

/** How a value is written into a text that is safe in HTML. */
type Escape = (v: Value) => string;

/**
 * Python's `text % value`, printf style, with a tuple's items, a dict's entries or the one value; `write` gives
 * what `%s` and `%r` show where the text is one that is safe in HTML.
 */
export function percentFormat(text: string, value: Value, write?: Escape): string {
  const items = value instanceof Tuple ? [...value.items] : [value];
  const used = { count: 0, named: false };
  const take = (): Value => {
    if (used.count >= items.length) throw new ValueProblem('not enough arguments for format string');
    return items[used.count++]!;
  };
  const named = (name: string): Value => {
    if (!(value instanceof Map)) throw new ValueProblem('format requires a mapping');
    const found = lookup(value, name);
    if (found === undefined) throw new ValueProblem(`'${name}'`, 'KeyError');
    used.named = true;
    return found;
  };
  const out = text.replace(
    SPEC,
    (_, name: string | undefined, flags: string, width, precision, kind: string) => {
      if (kind === '%') return '%';
      if (kind === '') throw new ValueProblem('incomplete format', 'ValueError');
      const w = width === '*' ? Number(take()) : Number(width ?? 0);
      const p = precision === '*' ? Number(take()) : precision === undefined ? undefined : Number(precision);
      const spec: Spec = { flags: w < 0 ? `${flags}-` : flags, width: Math.abs(w), precision: p, kind };
      const shown = convert(name === undefined ? take() : named(name), spec, write);
      return spec.flags.includes('-') ? shown.padEnd(spec.width) : shown.padStart(spec.width);
    },
  );
  const unused = used.count < items.length && !used.named && !(value instanceof Map) && !Array.isArray(value);
  if (unused) throw new ValueProblem('not all arguments converted during string formatting');
  return out;
}
