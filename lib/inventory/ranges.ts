import { FfeError } from '../errors/error.js';
import type { Pos } from '../values/position.js';

const HOST_PORT = /^((?:[^:[\]]|\[[^[\]]*\])+):(\d+)$/;
const BRACKETED = /^\[(.+)\]:(\d+)$/;

/** Splits `host:port`, `[2001:db8::1]:port` and ranges with a port; an IPv6 address alone has no port. */
export function splitPort(text: string): { name: string; port?: number } {
  const match = BRACKETED.exec(text) ?? HOST_PORT.exec(text);
  return match ? { name: match[1]!, port: Number(match[2]) } : { name: text };
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A range of the wrong form is no range (code 'parse'); one whose ends mean nothing is wrong. */
type Fail = (why: string, code?: 'parse' | 'bad-value') => FfeError;

function numbers(begin: string, end: string, step: number, fail: Fail): string[] {
  const width = begin.length > 1 && begin.startsWith('0') ? begin.length : 0;
  if (width && end.length !== width) throw fail('both ends must have the same number of digits');
  const out: string[] = [];
  for (let n = Number(begin || '0'); n <= Number(end); n += step) out.push(String(n).padStart(width, '0'));
  return out;
}

function expandOne(inside: string, fail: Fail): string[] {
  const [begin = '', end = '', step = '1', ...rest] = inside.split(':');
  if (rest.length > 0 || !/^[1-9]\d*$/.test(step)) throw fail('it reads [first:last] or [first:last:step]');
  if (end === '') throw fail('a host range must specify end value');
  if (/^\d*$/.test(begin) && /^\d+$/.test(end)) {
    const out = numbers(begin, end, Number(step), fail);
    if (out.length === 0) throw fail('its end is before its beginning');
    return out;
  }
  const from = letters.indexOf(begin);
  const to = letters.indexOf(end);
  if (begin.length !== 1 || end.length !== 1 || from < 0 || to < 0)
    throw fail('its ends must be numbers or single letters', 'bad-value');
  if (to < from) throw fail('its end is before its beginning');
  return [...letters.slice(from, to + 1)].filter((_, i) => i % Number(step) === 0);
}

/**
 * The names behind `web[01:20:2].example[a:c]`, first range slowest. A name without a range is itself. Throws an
 * FfeError for a range that cannot be.
 */
export function expandRange(text: string, pos?: Pos): string[] {
  const match = /^([^[]*)\[([^\]]*:[^\]]*)\](.*)$/.exec(text);
  if (!match) return [text];
  const fail: Fail = (why, code = 'parse') =>
    new FfeError(code, `the range '[${match[2]}]' cannot be expanded: ${why}`, { pos });
  const tails = expandRange(match[3]!, pos);
  return expandOne(match[2]!, fail).flatMap((part) => tails.map((tail) => `${match[1]}${part}${tail}`));
}

/** The hosts that one entry of an inventory stands for, with the port it may carry. */
export function expandHosts(text: string, pos?: Pos): { names: string[]; port?: number } {
  const { name, port } = splitPort(text);
  return { names: expandRange(name, pos), port };
}
