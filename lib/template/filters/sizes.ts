import { fixed } from '../../values/digits.js';
import { asNumber, int } from '../../values/number.js';
import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, flag, text, toNumber } from '../read.js';
import { filter } from '../signature.js';
import { roundHalfEven } from './numbers.js';

const RANGES: [string, number][] = ['Y', 'Z', 'E', 'P', 'T', 'G', 'M', 'K'].map((s, i) => [
  s,
  2 ** (80 - 10 * i),
]);

const humanReadable = filter('isbits? unit?', (input, [isbits, unit]) => {
  const size = asNumber(input);
  if (size === undefined) throw new TemplateError(`human_readable() failed on bad input: ${typeName(input)}`);
  const base = flag(isbits) ? 'bits' : 'Bytes';
  const wanted = unit === undefined || unit === null ? undefined : asText(unit).toUpperCase();
  const range = RANGES.find(([suffix, limit]) => (wanted === undefined ? size >= limit : wanted === suffix));
  return range ? `${fixed(size / range[1], 2)} ${range[0]}${base[0]}` : `${fixed(size, 2)} ${base}`;
});

function checkUnit(unit: string, bits: boolean, source: string): void {
  if (unit.length < 2 || unit.toLowerCase().includes(bits ? 'bit' : 'byte')) return;
  const letter = bits ? 'b' : 'B';
  if (unit[1] !== letter)
    throw new TemplateError(`human_to_bytes: '${source}' should end in ${unit[0]!.toUpperCase()}${letter}`);
}

const humanToBytes = filter('default_unit? isbits?', (input, [fallback, isbits]) => {
  const source = text(input);
  const [, digits, suffix] = /^\s*(\d*\.?\d*)\s*([A-Za-z]+)?/.exec(source)!;
  const n = toNumber(digits!);
  if (n === undefined)
    throw new TemplateError(`human_to_bytes() can't interpret following string: ${source}`);
  const unit = suffix ?? (fallback === undefined || fallback === null ? undefined : asText(fallback));
  if (unit === undefined) return int(BigInt(asNumber(roundHalfEven(n, 0)) ?? 0));
  const key = unit[0]!.toUpperCase();
  const limit = key === 'B' ? 1 : RANGES.find(([name]) => name === key)?.[1];
  if (limit === undefined)
    throw new TemplateError(`human_to_bytes: the unit '${unit}' of '${source}' is not known`);
  checkUnit(unit, flag(isbits), source);
  return int(BigInt(asNumber(roundHalfEven(n * limit, 0)) ?? 0));
});

const PREFIXES = ['k', 'M', 'G', 'T', 'P', 'E', 'Z', 'Y'];

function fileSize(v: Value, binary: boolean): string {
  const bytes = toNumber(v);
  if (bytes === undefined) throw new TemplateError(`filesizeformat needs a number, not ${text(v)}`);
  const base = binary ? 1024 : 1000;
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const at = PREFIXES.findIndex((_, i) => bytes < base ** (i + 2));
  const step = at < 0 ? PREFIXES.length - 1 : at;
  const prefix = binary ? `${PREFIXES[step]!.toUpperCase()}iB` : `${PREFIXES[step]}B`;
  return `${fixed((base * bytes) / base ** (step + 2), 1)} ${prefix}`;
}

/** Filters between numbers and sizes for people. */
export const sizeFilters: Record<string, Filter> = {
  human_readable: humanReadable,
  human_to_bytes: humanToBytes,
  filesizeformat: filter('binary?', (v, [binary]) => fileSize(v, flag(binary))),
};
