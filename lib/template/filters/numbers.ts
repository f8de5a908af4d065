import { fixed } from '../../values/digits.js';
import { log, log10, pow } from '../../values/elementary.js';
import { asNumber, float, int, isFloat, isInt } from '../../values/number.js';
import { stringOf } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { PyFloat, type Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { count, oneOf, parseFloating, parseInteger, toNumber } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter, looseFilter } from '../signature.js';

const PREFIX: Record<number, RegExp> = { 2: /^([+-]?)0b/i, 8: /^([+-]?)0o/i, 16: /^([+-]?)0x/i };

/** The base that a number's own prefix tells, as Python reads the base 0; one of zeros only has no other prefix. */
function ownBase(source: string): number | undefined {
  const letter = /^[+-]?0([xob])/i.exec(source.trim())?.[1]?.toLowerCase();
  if (letter !== undefined) return { x: 16, o: 8, b: 2 }[letter];
  return /^[+-]?0+[1-9]/.test(source.trim()) ? undefined : 10;
}

function inBase(source: string, given: number): number | bigint | undefined {
  const base = given === 0 ? ownBase(source) : given;
  if (base === undefined) return undefined;
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
  if (n === undefined)
    throw new TemplateError(
      `${what}() can only be used on numbers: must be real number, not ${typeName(v ?? null)}`,
    );
  return n;
}

function domain(n: number, what: string): Value {
  if (Number.isNaN(n)) throw new TemplateError(`${what}: the numbers are out of its domain`);
  return float(n);
}

function logarithm(n: number, base: number | undefined): number {
  if (n <= 0 || (base !== undefined && (base <= 0 || base === 1)))
    throw new TemplateError('log: the number must be above zero, the base too and not 1');
  if (base === undefined) return log(n);
  return base === 10 ? log10(n) : log(n) / log(base);
}

const root = filter('base?', (input, [base = 2]) => {
  const n = real(input, 'root');
  const degree = toNumber(base);
  if (degree === undefined || degree === 0)
    throw new TemplateError('root: the base must be a number other than zero');
  return domain(degree === 2 ? Math.sqrt(n) : pow(n, 1 / degree), 'root');
});

/** Filters that make or change numbers. */
export const numberFilters: Record<string, Filter> = {
  // Python answers the default when the base is no number.
  int: looseFilter('default? base?', (given, [fallback = 0, base = 10]) =>
    toInt(stringOf(given) ?? use(given), use(fallback), isInt(use(base)) ? Number(base) : 0),
  ),
  float: looseFilter('default?', (given, [fallback = new PyFloat(0)]) => {
    const input = stringOf(given) ?? use(given);
    const n = typeof input === 'string' ? parseFloating(input) : toNumber(input);
    if (typeof input === 'bigint' && !Number.isFinite(n))
      throw new TemplateError('the integer is too large for a float');
    return n === undefined ? use(fallback) : float(n);
  }),
  round,
  abs: filter('', abs),
  log: filter('base?', (input, [base]) =>
    float(logarithm(real(input, 'log'), base === undefined ? undefined : real(base, 'log'))),
  ),
  pow: filter('y', (input, [y]) => domain(pow(real(input, 'pow'), real(y, 'pow')), 'pow')),
  root,
};
