import { lookup } from '../../values/equal.js';
import { isMarkup, markup } from '../../values/markup.js';
import { isInt } from '../../values/number.js';
import { Special, stringOf } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import { Bytes, Tuple, type Value } from '../../values/value.js';
import { hashable } from './dicts.js';
import type { Item } from './undefined.js';

/** The key of a slice, `[from:to:step]`. */
export class Slice {
  constructor(
    readonly from: Item,
    readonly to: Item,
    readonly step: Item,
  ) {}
}

function bound(v: Item, otherwise: number, length: number, low: number): number | undefined {
  if (v === null) return otherwise;
  if (typeof v !== 'boolean' && !isInt(v)) return undefined;
  const n = Number(v);
  return n < 0 ? Math.max(n + length, low) : Math.min(n, length + low);
}

/** The positions that a slice takes from a sequence, or undefined when a bound is no integer. */
export function sliceIndexes(length: number, slice: Slice): number[] | undefined {
  const step =
    slice.step === null
      ? 1
      : Number(typeof slice.step === 'boolean' || isInt(slice.step) ? slice.step : Number.NaN);
  if (Number.isNaN(step) || step === 0) return undefined;
  const low = step < 0 ? -1 : 0;
  const from = bound(slice.from, step < 0 ? length - 1 : 0, length, low);
  const to = bound(slice.to, step < 0 ? -1 : length, length, low);
  if (from === undefined || to === undefined) return undefined;
  const indexes: number[] = [];
  for (let i = from; step > 0 ? i < to : i > to; i += step) indexes.push(i);
  return indexes;
}

function sliced(target: Value, slice: Slice): Value | undefined {
  const whole = typeof target === 'string' ? [...target] : target instanceof Tuple ? target.items : target;
  if (target instanceof Special && target.face.finish) return sliced(target.face.finish(), slice);
  if (!Array.isArray(whole)) return undefined;
  const items = sliceIndexes(whole.length, slice)?.map((i) => whole[i]);
  if (!items) return undefined;
  if (typeof target === 'string') return items.join('');
  return target instanceof Tuple ? new Tuple(items) : items;
}

function indexed(
  items: ArrayLike<Value> & { at(i: number): Value | undefined },
  key: Value,
): Value | undefined {
  if (typeof key !== 'boolean' && !isInt(key)) return undefined;
  return items.at(Number(key));
}

function hashableOrNone(target: ReadonlyMap<Value, Value>, key: Value): Value | undefined {
  try {
    return lookup(target, hashable(key));
  } catch {
    return undefined;
  }
}

/** A piece of text that is safe in HTML is safe too. */
function marked(found: Item | undefined): Item | undefined {
  return typeof found === 'string' ? markup(found) : found;
}

/** `target[key]` by own items only, or undefined when there is none. */
export function getItem(target: Value, index: Value | Slice): Item | undefined {
  const key = index instanceof Slice ? index : (stringOf(index) ?? index);
  if (isMarkup(target)) return marked(getItem(target.face.string!, key));
  if (key instanceof Slice) return sliced(target, key);
  if (target instanceof Map) return typeof key === 'string' ? target.get(key) : hashableOrNone(target, key);
  if (Array.isArray(target)) return indexed(target, key);
  if (target instanceof Tuple) return indexed(target.items as Value[], key);
  if (typeof target === 'string')
    return typeof key === 'number' && key >= 0 && key < target.length && /^[\x00-\x7f]*$/.test(target)
      ? target[key]
      : indexed([...target], key);
  if (target instanceof Bytes) return indexed([...target.data], key);
  if (target instanceof Special) return target.face.item?.(key);
  return undefined;
}

/** What Python says of a missing attribute or item. */
export function missingMessage(target: Value, key: Value | Slice): string {
  const kind = target === null ? 'None' : `${typeName(target)} object`;
  if (typeof key === 'string') return `'${kind}' has no attribute '${key}'`;
  const shown =
    key instanceof Slice ? 'such slice' : `element ${String(key instanceof Undefined ? key.name : key)}`;
  return `${kind} has no ${shown}`;
}
