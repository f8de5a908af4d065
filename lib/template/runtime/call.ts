import { iterate } from '../../values/iterate.js';
import { ValueProblem } from '../../values/problem.js';
import type { Keywords } from '../../values/special.js';
import { Special } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import type { Filter, Test } from '../library.js';
import { called } from './effort.js';
import { methodOf } from './methods.js';
import { attr } from './names.js';
import { MAX_DEPTH, type Render } from './state.js';
import { type Item, use } from './undefined.js';

/** No keyword arguments. */
export const NONE: Keywords = new Map();

/** Runs something one level deeper; an endless recursion ends with an error. */
export function nested<T>(r: Render, run: () => T): T {
  if (r.depth >= MAX_DEPTH) throw new ValueProblem('the template recurses too deeply', 'RecursionError');
  r.depth++;
  try {
    return run();
  } finally {
    r.depth--;
  }
}

/** Calls a value: a macro, a method, a global function. */
export function call(r: Render, at: number, callee: Item, args: Item[], kwargs: Keywords): Item {
  r.at = at;
  const target = use(callee);
  if (target instanceof Special && target.face.call) return target.face.call(args as Value[], kwargs);
  throw new ValueProblem(`'${typeName(target)}' object is not callable`);
}

/** `target.name(...)`, without making a bound method first. */
export function invoke(
  r: Render,
  at: number,
  target: Item,
  name: string,
  args: Item[],
  kwargs: Keywords,
): Item {
  if (target instanceof Undefined) return use(target);
  const method = methodOf(target, name);
  if (!method) return call(r, at, attr(r, at, target, name), args, kwargs);
  r.at = at;
  // Only containers may hold an undefined; it fails when it is taken out and used.
  const values = Array.isArray(target) || target instanceof Map ? (args as Value[]) : args.map(use);
  return method(target, values, kwargs);
}

/** Applies a filter; iterators that come back become lists at once. */
export function filter(r: Render, at: number, f: Filter, input: Item, args: Item[], kwargs: Keywords): Item {
  r.at = at;
  called(r);
  const result = f(input, args as Value[], kwargs, r.caller);
  return result instanceof Special && result.face.finish ? result.face.finish() : (result ?? null);
}

/** Applies a test. */
export function test(r: Render, at: number, t: Test, input: Item, args: Item[], kwargs: Keywords): boolean {
  r.at = at;
  return t(input, args as Value[], kwargs, r.caller);
}

/** Keyword arguments: named ones, then those behind `**`. */
export function keywords(named: readonly (readonly [string, Item])[], more?: Item): Keywords {
  const out = new Map(named as readonly (readonly [string, Value])[]);
  if (more === undefined) return out;
  const dict = use(more);
  if (!(dict instanceof Map)) throw new ValueProblem('the argument after ** must be a mapping');
  for (const [key, value] of dict) {
    if (typeof key !== 'string') throw new ValueProblem('keywords must be strings');
    if (out.has(key)) throw new ValueProblem(`got multiple values for keyword argument '${key}'`);
    out.set(key, value);
  }
  return out;
}

/** The arguments behind `*`. */
export function spread(v: Item): Iterable<Item> {
  return iterate(use(v));
}
