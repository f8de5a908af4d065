import { FfeError } from '../errors/error.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import { finishAt } from './evaluate.js';
import { scopeOf } from './scopes.js';
import type { PlayRun } from './state.js';

/** One entry of `serial` as a number of hosts: a count, or a share of all hosts (at least one). */
function sizeOf(entry: Value, total: number): number {
  const text = str(entry).trim();
  if (/^\d+%$/.test(text)) return Math.max(1, Math.floor((Number(text.slice(0, -1)) / 100) * total));
  const size = Number(text);
  if (!Number.isInteger(size))
    throw new FfeError(
      'bad-value',
      `serial must be a number, a percentage, or a list of those, found '${text}'`,
    );
  return size;
}

/** Splits hosts by a value of `serial`; its last entry repeats, and 0 takes all that are left. Throws 'bad-value'. */
export function batchesBy(serial: Value, hosts: readonly string[]): string[][] {
  const sizes = (Array.isArray(serial) ? serial : [serial]).map((v) => sizeOf(v, hosts.length));
  const out: string[][] = [];
  for (let from = 0, i = 0; from < hosts.length; i++) {
    const size = sizes[Math.min(i, sizes.length - 1)] ?? 0;
    const to = size <= 0 ? hosts.length : from + size;
    out.push(hosts.slice(from, to));
    from = to;
  }
  return out;
}

/** The batches of a play's hosts: everything at once without `serial`. */
export function batchesOf(play: PlayRun, hosts: readonly string[]): string[][] {
  const at = play.play.keywords.get('serial');
  if (!at) return [[...hosts]];
  const scope = scopeOf({ play, host: hosts[0]! });
  const serial = finishAt(at, scope);
  return serial === null || serial === scope.get('omit') ? [[...hosts]] : batchesBy(serial, hosts);
}
