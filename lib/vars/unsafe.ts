import type { Templater } from '../template/templater.js';
import { type Raw, Unsafe } from '../values/value.js';
import { mayTemplate } from './resolve.js';

/** Functions of templates that bring in text from outside. */
const OUTSIDE: ReadonlySet<string> = new Set(['lookup', 'query', 'q']);

/**
 * Whether a raw value may come to hold text from a node, a lookup or another place that must never be evaluated.
 * `unsafe` answers for the names that its templates read.
 */
export function bringsData(
  raw: Raw | undefined,
  reads: Templater['reads'],
  unsafe: (name: string) => boolean,
): boolean {
  const within = (value: Raw): boolean => {
    if (typeof value === 'string')
      return (
        mayTemplate(value) && [...reads(value, 'value')].some((name) => OUTSIDE.has(name) || unsafe(name))
      );
    if (Array.isArray(value)) return value.some((item) => within(item as Raw));
    if (value instanceof Map) return [...value.values()].some((item) => within(item as Raw));
    return value instanceof Unsafe;
  };
  return raw !== undefined && within(raw);
}
