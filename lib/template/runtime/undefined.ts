import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';

/** Anything an expression can be while it is computed. */
export type Item = Value | Undefined;

/** Thrown when an undefined is used in a way that needs a value; the driver makes an FfeError of it. */
export class UndefinedUse extends Error {
  constructor(readonly culprit: Undefined) {
    super(culprit.message);
  }
}

/** The value itself, or UndefinedUse; of what could not be opened, the error that says why. */
export function use(v: Item): Value {
  if (v instanceof Undefined) throw v.sealed?.error ?? new UndefinedUse(v);
  return v;
}

const nothing = (): Special =>
  new Special('Undefined', {
    text: () => '',
    repr: () => 'Undefined',
    truth: () => false,
    iterate: () => [],
    size: () => 0,
    contains: () => false,
    equals: (other) => other instanceof Special && other.kind === 'Undefined',
  });

/** The value itself; that of an inline if without else is Jinja2's lenient undefined, empty text or an empty list. */
export function given(v: Item): Value {
  return v instanceof Undefined && v.lax ? nothing() : use(v);
}

/** Throws UndefinedUse when an undefined is the value, or anywhere in the lists and dicts of it. */
export function useDeep(v: Item): void {
  if (typeof v !== 'object' || v === null) return;
  if (v instanceof Undefined) {
    if (!v.lax) use(v);
  } else if (Array.isArray(v)) for (const item of v) useDeep(item);
  else if (v instanceof Map) for (const item of v.values()) useDeep(item);
  else if ('items' in v) for (const item of v.items) useDeep(item);
}
