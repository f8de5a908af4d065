import type { Pos } from './position.js';

/** A `!vault` value that no secret at hand opens: its text, which may be handed on (`unvault`), and why it stays shut. */
export type Unopened = { readonly envelope: string; readonly error: Error };

/**
 * A name that no scope knows, or a missing attribute or item. It may be asked (`is defined`, `default`), and any other
 * use is an error that says `message`. `lax` is the undefined of an inline if without else: it prints as ''.
 * With `sealed` there is a value that cannot be opened: any use but handing it on throws its error.
 */
export class Undefined {
  constructor(
    readonly name: string,
    readonly message: string,
    readonly pos?: Pos,
    readonly lax = false,
    readonly sealed?: Unopened,
  ) {}
}

/** Whether there is no value, not even one that cannot be opened. */
export function isMissing(v: unknown): v is Undefined {
  return v instanceof Undefined && v.sealed === undefined;
}
