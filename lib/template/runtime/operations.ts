import { float } from '../../values/number.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import * as arithmetic from './arithmetic.js';
import { deriveContext, resolve, setTop } from './bindings.js';
import * as calls from './call.js';
import { COMPARISONS, joinText, truth } from './comparison.js';
import { makeDict } from './dicts.js';
import { step } from './effort.js';
import { Slice } from './items.js';
import * as loops from './loop.js';
import { macro, notGiven } from './macro.js';
import * as modules from './modules.js';
import { attr, item, nameOr } from './names.js';
import { setAttr } from './namespace.js';
import { finish, gather, native } from './output.js';
import { placeOf, type Render } from './state.js';
import { type Item, use } from './undefined.js';

type Binary = (a: Item, b: Item) => Item;

/**
 * Everything that emitted code calls, under the name `X`. It is the only thing besides the render's state that a
 * template's code can reach.
 */
export const OPERATIONS = Object.freeze({
  ...arithmetic,
  ...calls,
  ...loops,
  step,
  ...modules,
  macro,
  notGiven,
  attr,
  item,
  setAttr,
  truth,
  joinText,
  finish,
  gather,
  native,
  resolve: (r: Render, c: Parameters<typeof resolve>[1], name: string) => resolve(r, c, name),
  setTop,
  derive: deriveContext,
  dict: makeDict,
  is: Object.freeze({ ...COMPARISONS }),
  float: (n: number) => float(n),
  name: nameOr,
  /** Several lines of a template's text may hold one operator; its place is noted before it can fail. */
  op(r: Render, at: number, run: Binary, a: Item, b: Item): Item {
    r.at = at;
    return run(a, b);
  },
  chain(r: Render, at: number, first: Item, rest: readonly (readonly [Binary, () => Item])[]): boolean {
    let left = first;
    for (const [run, operand] of rest) {
      const right = operand();
      r.at = at;
      if (!run(left, right)) return false;
      left = right;
    }
    return true;
  },
  reread: (r: Render, text: string) => r.caller.template(text),
  tuple: (items: Value[]) => new Tuple(items),
  slice: (from: Item, to: Item, step: Item) => new Slice(use(from), use(to), use(step)),
  lax: (r: Render, at: number) =>
    new Undefined('', 'the inline if has no else, and its condition is false', placeOf(r, at), true),
  /** Names that no frame has set stay unknown to an included template. */
  locals: (pairs: readonly (readonly [string, Item | undefined])[]) =>
    new Map(pairs.filter((pair): pair is readonly [string, Item] => pair[1] !== undefined)),
  printName(r: Render, at: number, v: Item, name: string): Item {
    return typeof v === 'string' && r.scope.native?.(name) ? native(v) : finish(r, at, v);
  },
});
