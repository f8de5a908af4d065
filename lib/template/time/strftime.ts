import { type Fields, fieldsOf } from '../../values/datetime.js';
import { MONTHS, WEEKDAYS } from './names.js';

/** A moment to print: wall-clock seconds since 1970, the zone's name and offset (seconds; null when unknown). */
export type Moment = { seconds: number; micros?: number; offset: number | null; zone: string };

type Part = { text: string; width?: number; fill?: '0' | ' ' };

const pad = (n: number, width = 2, fill: '0' | ' ' = '0'): Part => ({ text: String(n), width, fill });
const plain = (text: string): Part => ({ text });

/** The year and week number of ISO 8601. */
export function isoWeek(f: Fields): { year: number; week: number } {
  const week = Math.floor((f.yearday - 1 - f.weekday + 10) / 7);
  if (week < 1) return { year: f.year - 1, week: weeksIn(f.year - 1) };
  return week > weeksIn(f.year) ? { year: f.year + 1, week: 1 } : { year: f.year, week };
}

function weeksIn(year: number): number {
  const dayOf = (y: number) => (y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400)) % 7;
  return dayOf(year) === 4 || dayOf(year - 1) === 3 ? 53 : 52;
}

function zoneOffset(offset: number | null): string {
  if (offset === null) return '';
  const minutes = Math.floor(Math.abs(offset) / 60);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}

type Rule = (f: Fields, m: Moment) => Part;

const half = (f: Fields): number => f.hour % 12 || 12;

const RULES: Record<string, Rule> = {
  a: (f) => plain(WEEKDAYS[f.weekday]!.slice(0, 3)),
  A: (f) => plain(WEEKDAYS[f.weekday]!),
  b: (f) => plain(MONTHS[f.month - 1]!.slice(0, 3)),
  B: (f) => plain(MONTHS[f.month - 1]!),
  C: (f) => pad(Math.floor(f.year / 100)),
  d: (f) => pad(f.day),
  e: (f) => pad(f.day, 2, ' '),
  f: (_, m) => pad(m.micros ?? 0, 6),
  g: (f) => pad(isoWeek(f).year % 100),
  G: (f) => plain(String(isoWeek(f).year)),
  h: (f) => plain(MONTHS[f.month - 1]!.slice(0, 3)),
  H: (f) => pad(f.hour),
  I: (f) => pad(half(f)),
  j: (f) => pad(f.yearday, 3),
  k: (f) => pad(f.hour, 2, ' '),
  l: (f) => pad(half(f), 2, ' '),
  m: (f) => pad(f.month),
  M: (f) => pad(f.minute),
  n: () => plain('\n'),
  p: (f) => plain(f.hour < 12 ? 'AM' : 'PM'),
  P: (f) => plain(f.hour < 12 ? 'am' : 'pm'),
  s: (f, m) => plain(String(Math.floor(m.seconds) - (m.offset ?? 0) + 0 * f.day)),
  S: (f) => pad(f.second),
  t: () => plain('\t'),
  u: (f) => plain(String(f.weekday + 1)),
  U: (f) => pad(Math.floor((f.yearday + 6 - ((f.weekday + 1) % 7)) / 7)),
  V: (f) => pad(isoWeek(f).week),
  w: (f) => plain(String((f.weekday + 1) % 7)),
  W: (f) => pad(Math.floor((f.yearday + 6 - f.weekday) / 7)),
  y: (f) => pad(f.year % 100),
  Y: (f) => plain(String(f.year)),
  z: (_, m) => plain(zoneOffset(m.offset)),
  Z: (_, m) => plain(m.zone),
  '%': () => plain('%'),
};

const COMPOSED: Record<string, string> = {
  c: '%a %b %e %H:%M:%S %Y',
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  r: '%I:%M:%S %p',
  R: '%H:%M',
  T: '%H:%M:%S',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
};

function swapCase(text: string): string {
  return text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase();
}

function show(part: Part, flags: string, width: string): string {
  const bare = flags.includes('-');
  const fill = flags.includes('_') ? ' ' : flags.includes('0') ? '0' : (part.fill ?? ' ');
  const wanted = width === '' ? (part.width ?? 0) : Number(width);
  const text = bare ? part.text : part.text.padStart(wanted, fill);
  if (flags.includes('^')) return text.toUpperCase();
  return flags.includes('#') ? swapCase(text) : text;
}

/** Prints a moment by a format of C's strftime in the C locale, with glibc's flags (`%-d`, `%_H`, `%^a`). */
export function strftime(format: string, moment: Moment): string {
  const fields = fieldsOf(moment.seconds);
  return format.replace(
    /%([-_0^#]*)(\d*)[EO]?([a-zA-Z%])/g,
    (whole, flags: string, width: string, letter: string) => {
      const composed = COMPOSED[letter];
      if (composed !== undefined) return show(plain(strftime(composed, moment)), flags, width);
      const rule = RULES[letter];
      return rule ? show(rule(fields, moment), flags, width) : whole;
    },
  );
}
