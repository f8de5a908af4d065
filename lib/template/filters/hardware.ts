import { didYouMean } from '../../errors/suggest.js';
import { int } from '../../values/number.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { addressText, firstOf, parseNetwork } from '../net/network.js';
import { text } from '../read.js';
import { filter } from '../signature.js';

/** A MAC address as twelve hexadecimal digits, or undefined. */
function digitsOf(source: string): string | undefined {
  const parts = source.split(/[:.-]/);
  const width = { 1: 12, 2: 6, 3: 4, 6: 2 }[parts.length];
  if (width === undefined || parts.some((part) => !/^[0-9a-f]+$/i.test(part) || part.length > width))
    return undefined;
  if (parts.length === 1 && source.length !== 12) return undefined;
  return parts
    .map((part) => part.padStart(width, '0'))
    .join('')
    .toLowerCase();
}

const grouped = (digits: string, width: number, mark: string): string =>
  (digits.match(new RegExp(`.{${width}}`, 'g')) ?? []).join(mark);

const psql = (digits: string): string => grouped(digits, 2, ':');
const windows = (digits: string): string => grouped(digits, 2, '-').toUpperCase();

const QUERIES: Record<string, (digits: string) => Value> = {
  bare: (digits) => digits.toUpperCase(),
  bool: () => true,
  int: (digits) => int(BigInt(`0x${digits}`)),
  cisco: (digits) => grouped(digits, 4, '.'),
  eui48: windows,
  win: windows,
  linux: (digits) => grouped(digits, 2, ':'),
  pgsql: (digits) => grouped(digits, 6, ':'),
  postgresql: (digits) => grouped(digits, 6, ':'),
  psql: (digits) => grouped(digits, 6, ':'),
  unix: (digits) =>
    psql(digits)
      .split(':')
      .map((part) => part.replace(/^0/, ''))
      .join(':'),
};

function hardware(alias: string): Filter {
  return filter('query? alias?', (input, [query = '']) => {
    const digits = digitsOf(text(input));
    const asked = text(query);
    if (digits === undefined && asked !== '' && asked !== 'bool')
      throw new TemplateError(`${alias}: '${text(input)}' is not a hardware address`);
    if (digits === undefined) return null;
    if (asked === '') return input;
    const run = Object.hasOwn(QUERIES, asked) ? QUERIES[asked] : undefined;
    if (!run)
      throw new TemplateError(`${alias}: unknown query '${asked}'${didYouMean(asked, Object.keys(QUERIES))}`);
    return run(digits);
  });
}

function slaac(input: Value, mac: Value): Value {
  const net = parseNetwork(text(input));
  const digits = digitsOf(text(mac));
  if (net?.version !== 6 || digits === undefined) return false;
  const eui = BigInt(`0x${digits.slice(0, 6)}fffe${digits.slice(6)}`) ^ (1n << 57n);
  return addressText(firstOf(net) + eui, 6)!;
}

/** Filters on hardware addresses (collection ansible.utils). */
export const hardwareFilters: Record<string, Filter> = {
  hwaddr: hardware('hwaddr'),
  macaddr: hardware('macaddr'),
  slaac: filter('query?', (input, [query = '']) => slaac(input, query)),
};
