import type { Json } from '../../values/json.js';

const DAYS = { year: 365, mon: 30, day: 1 } as const;
const NUMBERS = /^(smallint|integer|bigint|oid|real|double precision|numeric)/;

/** An interval as Python prints it (`1 day, 2:03:04`), with months of 30 and years of 365 days. */
function interval(text: string): string {
  const amount = (unit: string) => Number(new RegExp(`(-?\\d+) ${unit}s?\\b`).exec(text)?.[1] ?? 0);
  const [, sign, h, m, s, micros] = /([-+]?)(\d+):(\d+):(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  const clock = (Number(h ?? 0) * 3600 + Number(m ?? 0) * 60 + Number(s ?? 0)) * (sign === '-' ? -1 : 1);
  const days = amount('year') * DAYS.year + amount('mon') * DAYS.mon + amount('day');
  const all = days * 86400 + clock;
  const whole = Math.floor(all / 86400);
  const rest = all - whole * 86400;
  const two = (n: number) => String(n).padStart(2, '0');
  const time = `${Math.floor(rest / 3600)}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
  const named = whole === 0 ? '' : `${whole} day${Math.abs(whole) === 1 ? '' : 's'}, `;
  return `${named}${time}${micros ? `.${micros.padEnd(6, '0')}` : ''}`;
}

/** A time as ISO 8601: six digits of a second or none, and minutes of the zone. */
function time(text: string): string {
  return text
    .replace(' ', 'T')
    .replace(/\.(\d+)/, (_, d: string) => `.${d.padEnd(6, '0')}`)
    .replace(/([-+]\d\d)$/, '$1:00');
}

/** The elements of an array as PostgreSQL prints it, `{1,NULL,"a\"b",{2,3}}`. */
function array(text: string, element: string): Json {
  const tokens = text.replace(/^\[[^=]*\]=/, '').matchAll(/([{}])|"((?:[^"\\]|\\.)*)"|([^{},"]+)/gs);
  const stack: Json[][] = [[]];
  for (const [, brace, quoted, plain] of tokens) {
    if (brace === '{') stack.push([]);
    else if (brace === '}') stack.at(-2)!.push(stack.pop()!);
    else if (quoted !== undefined) stack.at(-1)!.push(typed(quoted.replace(/\\(.)/gs, '$1'), element));
    else stack.at(-1)!.push(plain === 'NULL' ? null : typed(plain!, element));
  }
  return stack[0]![0] ?? [];
}

/** A value as a client prints it, in the type that Ansible's results have for it. */
export function typed(text: string, type: string): Json {
  if (type.endsWith('[]')) return array(text, type.slice(0, -2));
  if (type === 'boolean') return text === 't';
  if (type === 'json' || type === 'jsonb') return JSON.parse(text) as Json;
  if (type.startsWith('interval')) return interval(text);
  if (type.startsWith('time')) return time(text);
  if (!NUMBERS.test(type)) return text;
  const number = Number(text);
  const exact = !Number.isInteger(number) || Number.isSafeInteger(number);
  return Number.isFinite(number) && exact ? number : text;
}
