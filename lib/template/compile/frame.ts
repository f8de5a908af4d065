import type { AnyNode } from '../parse/nodes.js';
import { analyseAll } from './analyse.js';
import { createSymbols, type Symbols } from './symbols.js';

/** Where the compiler is: names at hand, the array that output goes to, and what kind of place it is. */
export type Frame = {
  readonly symbols: Symbols;
  /** The emitted variable that collects output. */
  readonly out: string;
  /** True at a template's own level: names set here are exported. */
  readonly top: boolean;
  /** The local of the enclosing loop's object, for `depth` of recursive loops. */
  readonly block: string | undefined;
};

/** The frame of a whole template or block. */
export function rootFrame(out: string, block?: string): Frame {
  return { symbols: createSymbols(), out, top: block === undefined, block };
}

/** A frame inside another, with names of its own. */
export function innerFrame(frame: Frame, nodes: Iterable<AnyNode> = [], change: Partial<Frame> = {}): Frame {
  const inner = { ...frame, symbols: createSymbols(frame.symbols), top: false, ...change };
  analyseAll(inner.symbols, nodes);
  return inner;
}
