import { fixed } from '../../values/digits.js';
import { asNumber, float, int, isFloat, isInt } from '../../values/number.js';
import { typeName } from '../../values/typename.js';
import { PyFloat, type Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { count, oneOf, parseFloating, parseInteger, toNumber } from '../read.js';
import { filter } from '../signature.js';

const PREFIX: Record<number, RegExp> = { 2: /^([+-]?)0b/i, 8: /^([+-]?)0o/i, 16: /^([+-]?)0x/i };

function inBase(source: string, base: number): number | bigint | undefined {
  if (base === 10) return parseInteger(source);
  const body = source
    .trim()
    .replace(PREFIX[base] ?? /^(?!)/, '$1')
    .replaceAll('_', '')
    .toLowerCase();
  const match = /^([+-]?)([0-9a-z]+)$/.exec(body);
  if (!match) return undefined;
  let total = 0n;
  for (const ch of match[2]!) {
    const digit = Number.parseInt(ch, 36);
    if (digit >= base) return undefined;
    total = total * BigInt(base) + BigInt(digit);
  }
  return int(match[1] === '-' ? -total : total);
}

function toInt(v: Value, fallback: Value, base: number): Value {
  if (isInt(v)) return v;
  if (typeof v === 'boolean') return v ? 1 : 0;
  const whole = typeof v === 'string' ? inBase(v, base) : undefined;
  if (whole !== undefined) return whole;
  const n = toNumber(v);
  if (n === undefined || Number.isNaN(n)) return fallback;
  if (!Number.isFinite(n)) throw new TemplateError('an infinite number has no integer');
  return int(Number.isSafeInteger(Math.trunc(n)) ? Math.trunc(n) : BigInt(Math.trunc(n)));
}

function toTens(n: bigint, places: number): bigint {
  const unit = 10n ** BigInt(places);
  const size = n < 0n ? -n : n;
  const low = (size / unit) * unit;
  const twice = (size - low) * 2n;
  const up = twice > unit || (twice === unit && (low / unit) % 2n === 1n);
  const rounded = up ? low + unit : low;
  return n < 0n ? -rounded : rounded;
}

/** Python's round(): half to even on the exact decimal value; integers stay integers. */
export function roundHalfEven(v: Value, places: number): Value {
  if (isInt(v) || typeof v === 'boolean')
    return places >= 0 ? int(BigInt(v)) : int(toTens(BigInt(v), -places));
  const n = asNumber(v);
  if (n === undefined) throw new TemplateError(`a number was expected, not ${typeName(v)}`);
  if (places < 0) {
    const unit = 10 ** -places;
    return float(Number(fixed(n / unit, 0)) * unit);
  }
  return float(Number.isFinite(n) ? Number(fixed(n, places)) : n);
}

const round = filter('precision? method?', (input, [precision, method = 'common']) => {
  const how = oneOf(method, ['common', 'ceil', 'floor'], 'method');
  const places = count(precision, 0);
  if (how === 'common') return roundHalfEven(input, places);
  const n = asNumber(input);
  if (n === undefined) throw new TemplateError(`a number was expected, not ${typeName(input)}`);
  if (places >= 0 && !isFloat(input)) return float(n);
  // Python's ceil() and floor() give integers, which know no negative zero.
  return float((Math[how](n * 10 ** places) + 0) / 10 ** places);
});

function abs(v: Value): Value {
  if (typeof v === 'bigint') return int(v < 0n ? -v : v);
  const n = asNumber(v);
  if (n === undefined) throw new TemplateError(`a number was expected, not ${typeName(v)}`);
  return isFloat(v) ? float(Math.abs(n)) : Math.abs(n);
}

function real(v: Value | undefined, what: string): number {
  const n = v === undefined ? undefined : asNumber(v);
  if (n === undefined) throw new TemplateError(`${what} works on numbers, not on ${typeName(v ?? null)}`);
  return n;
}

function domain(n: number, what: string): Value {
  if (Number.isNaN(n)) throw new TemplateError(`${what}: the numbers are out of its domain`);
  return float(n);
}

function logarithm(n: number, base: number | undefined): number {
  if (n <= 0 || (base !== undefined && (base <= 0 || base === 1)))
    throw new TemplateError('log: the number must be above zero, the base too and not 1');
  if (base === undefined) return Math.log(n);
  return base === 10 ? Math.log10(n) : Math.log(n) / Math.log(base);
}

const root = filter('base?', (input, [base = 2]) => {
  const n = real(input, 'root');
  const degree = toNumber(base);
  if (degree === undefined || degree === 0)
    throw new TemplateError('root: the base must be a number other than zero');
  return domain(degree === 2 ? Math.sqrt(n) : n ** (1 / degree), 'root');
});

/** Filters that make or change numbers. */
export const numberFilters: Record<string, Filter> = {
  // Python answers the default when the base is no number.
  int: filter('default? base?', (input, [fallback = 0, base = 10]) =>
    toInt(input, fallback, isInt(base) ? Number(base) : 0),
  ),
  float: filter('default?', (input, [fallback = new PyFloat(0)]) => {
    const n = typeof input === 'string' ? parseFloating(input) : toNumber(input);
    if (typeof input === 'bigint' && !Number.isFinite(n))
      throw new TemplateError('the integer is too large for a float');
    return n === undefined ? fallback : float(n);
  }),
  round,
  abs: filter('', abs),
  log: filter('base?', (input, [base]) =>
    float(logarithm(real(input, 'log'), base === undefined ? undefined : real(base, 'log'))),
  ),
  pow: filter('y', (input, [y]) => domain(real(input, 'pow') ** real(y, 'pow'), 'pow')),
  root,
};
