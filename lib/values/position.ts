/** A place in a file a user wrote. Lines and columns count from 1. */
export type Pos = { readonly file: string; readonly line: number; readonly col: number };

/** Where a container's parts were written: of itself, its keys (dict) and its values (dict key or list index). */
export type Marks = {
  readonly self: Pos;
  readonly key: (key: unknown) => Pos | undefined;
  readonly value: (key: unknown) => Pos | undefined;
};

const MARKS: unique symbol = Symbol('marks');
type Marked = object & { [MARKS]?: Marks };

/** Attaches positions to a parsed list or dict; they travel with the container, not with copies of it. */
export function mark<T extends object>(container: T, marks: Marks): T {
  Object.defineProperty(container, MARKS, { value: marks, enumerable: false, configurable: true });
  return container;
}

/** The positions of a parsed list or dict, or undefined for one that no file holds. */
export function marksOf(container: unknown): Marks | undefined {
  return typeof container === 'object' && container !== null ? (container as Marked)[MARKS] : undefined;
}

/** The position of a container (no key), or of the value under a key or index in it. */
export function posOf(container: unknown, key?: unknown): Pos | undefined {
  const marks = marksOf(container);
  return key === undefined ? marks?.self : (marks?.value(key) ?? marks?.self);
}

/** The position of a dict's key. */
export function keyPos(container: unknown, key: unknown): Pos | undefined {
  const marks = marksOf(container);
  return marks?.key(key) ?? marks?.self;
}
