import type { Pos } from './position.js';

/**
 * A name that no scope knows, or a missing attribute or item. It may be asked (`is defined`, `default`), and any other
 * use is an error that says `message`. `lax` is the undefined of an inline if without else: it prints as ''.
 */
export class Undefined {
  constructor(
    readonly name: string,
    readonly message: string,
    readonly pos?: Pos,
    readonly lax = false,
  ) {}
}
