import { DateTime, fieldsOf, secondsOf } from '../../values/datetime.js';
import { TemplateError } from '../library.js';
import { MONTHS, WEEKDAYS } from './names.js';

type Read = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micros: number;
  half: number | undefined;
  yearday: number | undefined;
  offset: number | null;
};

type Rule = { pattern: string; set(read: Read, text: string): void };

const number = (pattern: string, set: (read: Read, n: number) => void): Rule => ({
  pattern,
  set: (read, text) => set(read, Number(text)),
});

const names = (list: readonly string[], set: (read: Read, index: number) => void): Rule => ({
  pattern: [...list].sort((a, b) => b.length - a.length).join('|'),
  set: (read, text) =>
    set(
      read,
      list.findIndex((name) => name.toLowerCase() === text.toLowerCase()),
    ),
});

const short = (list: readonly string[]): string[] => list.map((name) => name.slice(0, 3));
const setMonth = (read: Read, index: number): void => {
  read.month = index + 1;
};
const ignore = (): void => undefined;

function zone(read: Read, text: string): void {
  if (text === 'Z') read.offset = 0;
  const m = /^([+-])(\d\d):?(\d\d)(?::?(\d\d))?/.exec(text);
  if (m)
    read.offset = (m[1] === '-' ? -1 : 1) * (Number(m[2]) * 3600 + Number(m[3]) * 60 + Number(m[4] ?? 0));
}

const RULES: Record<string, Rule> = {
  Y: number('\\d{4}', (r, n) => Object.assign(r, { year: n })),
  y: number('\\d\\d', (r, n) => Object.assign(r, { year: n + (n < 69 ? 2000 : 1900) })),
  m: number('1[0-2]|0[1-9]|[1-9]', (r, n) => Object.assign(r, { month: n })),
  d: number('3[01]|[12]\\d|0[1-9]|[1-9]| [1-9]', (r, n) => Object.assign(r, { day: n })),
  H: number('2[0-3]|[01]\\d|\\d', (r, n) => Object.assign(r, { hour: n })),
  I: number('1[0-2]|0[1-9]|[1-9]', (r, n) => Object.assign(r, { hour: n })),
  M: number('[0-5]\\d|\\d', (r, n) => Object.assign(r, { minute: n })),
  S: number('6[01]|[0-5]\\d|\\d', (r, n) => Object.assign(r, { second: n })),
  j: number('36[0-6]|3[0-5]\\d|[12]\\d\\d|0\\d\\d|\\d\\d|\\d', (r, n) => Object.assign(r, { yearday: n })),
  f: { pattern: '\\d{1,6}', set: (r, text) => Object.assign(r, { micros: Number(text.padEnd(6, '0')) }) },
  p: { pattern: 'am|pm', set: (r, text) => Object.assign(r, { half: text.toLowerCase() === 'pm' ? 12 : 0 }) },
  b: names(short(MONTHS), setMonth),
  h: names(short(MONTHS), setMonth),
  B: names(MONTHS, setMonth),
  a: names(short(WEEKDAYS), ignore),
  A: names(WEEKDAYS, ignore),
  w: number('[0-6]', ignore),
  u: number('[1-7]', ignore),
  U: number('5[0-3]|[0-4]\\d|\\d', ignore),
  W: number('5[0-3]|[0-4]\\d|\\d', ignore),
  z: { pattern: '[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d)?|Z', set: zone },
  Z: { pattern: 'utc|gmt|[a-z]{3,5}', set: ignore },
};

const COMPOSED: Record<string, string> = {
  c: '%a %b %d %H:%M:%S %Y',
  x: '%m/%d/%y',
  X: '%H:%M:%S',
  T: '%H:%M:%S',
};

function compile(format: string): { regex: RegExp; rules: Rule[] } {
  const full = format.replace(/%([cxX])/g, (_, letter: string) => COMPOSED[letter]!);
  const rules: Rule[] = [];
  const source = full.replace(/%(.?)|\s+|[.*+?^${}()|[\]\\/]/g, (text, letter?: string) => {
    if (letter === undefined) return /^\s/.test(text) ? '\\s+' : `\\${text}`;
    if (letter === '%') return '%';
    const rule = RULES[letter];
    if (!rule) throw new TemplateError(`'${letter}' is a bad directive in format '${format}'`);
    rules.push(rule);
    return `(${rule.pattern})`;
  });
  return { regex: new RegExp(`^${source}$`, 'i'), rules };
}

function checkDay(read: Read): void {
  const there = fieldsOf(secondsOf(read.year, read.month, read.day));
  if (there.month !== read.month) throw new TemplateError('day is out of range for month');
}

/** Reads a text by a format of Python's datetime.strptime() in the C locale. */
export function strptime(text: string, format: string): DateTime {
  const { regex, rules } = compile(format);
  const match = regex.exec(text);
  if (!match) throw new TemplateError(`the time '${text}' does not match the format '${format}'`);
  const read: Read = {
    year: 1900,
    month: 1,
    day: 1,
    hour: 0,
    minute: 0,
    second: 0,
    micros: 0,
    half: undefined,
    yearday: undefined,
    offset: null,
  };
  for (const [i, rule] of rules.entries()) rule.set(read, match[i + 1]!);
  const hour = read.half === undefined ? read.hour : (read.hour % 12) + read.half;
  if (read.yearday === undefined) checkDay(read);
  const [month, day] = read.yearday === undefined ? [read.month, read.day] : [1, read.yearday];
  return new DateTime(
    secondsOf(read.year, month, day, hour, read.minute, read.second),
    read.micros,
    read.offset,
  );
}
