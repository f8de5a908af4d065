import type { Undefined } from './undefined.js';
import type { Value } from './value.js';

/** Keyword arguments of a call, in the order given. */
export type Keywords = ReadonlyMap<string, Value>;

/** What a special value can do. Whatever is left out is an error when a template asks for it. */
export type Face = {
  /** The attribute of that name, or undefined when there is none. */
  attr?(name: string): Value | Undefined | undefined;
  /** The item under a key (`hostvars['web1']`), or undefined when there is none. */
  item?(key: Value): Value | Undefined | undefined;
  /** Python's `in`; left out, the iterated values decide. */
  contains?(wanted: Value): boolean;
  call?(args: Value[], kwargs: Keywords): Value | Undefined;
  iterate?(): Iterable<Value>;
  /** The number of items, where Python's `len` would know it. */
  size?(): number;
  /** Python's str(); `<kind object>` when left out. */
  text?(): string;
  /** Python's repr(), where it is not str(). */
  repr?(): string;
  /** The text itself, for a kind of text: whatever takes a string takes this one. */
  readonly string?: string;
  truth?(): boolean;
  equals?(other: Value): boolean;
  /** Negative, zero or positive; undefined when the two have no order. */
  compare?(other: Value): number | undefined;
  /** Binary `+` and `-`; undefined when the operands do not fit. */
  add?(other: Value): Value | undefined;
  subtract?(other: Value): Value | undefined;
  /** The plain value at the end of a template: views, ranges and generators become lists. */
  finish?(): Value;
  /** The plain value that stands for it in JSON; left out, it is what `finish` gives. */
  plain?(): Value;
};

/**
 * A value that only lives while templates run: a macro, a bound method, a loop, a namespace, a range, a dict's view,
 * a datetime. `kind` is Python's name of its type.
 */
export class Special {
  constructor(
    readonly kind: string,
    readonly face: Face,
  ) {}
}

/** The text of a string or of a special kind of one (Markup), undefined for everything else. */
export function stringOf(v: unknown): string | undefined {
  if (typeof v === 'string') return v;
  return v instanceof Special ? v.face.string : undefined;
}
