import { didYouMean } from '../../errors/suggest.js';
import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import { getItem, missingMessage, type Slice } from './items.js';
import { findMethod } from './methods.js';
import { placeOf, type Render } from './state.js';
import { type Item, use } from './undefined.js';

/** A name's value, or an undefined that knows its place and the nearest known name. */
export function nameOr(r: Render, at: number, name: string, v: Item | undefined): Item {
  if (v !== undefined) return v;
  return new Undefined(name, `'${name}' is undefined`, placeOf(r, at));
}

function lacking(r: Render, at: number, target: Value, key: Value | Slice): Undefined {
  const name = typeof key === 'string' ? key : '';
  const known = target instanceof Map ? [...target.keys()].filter((k) => typeof k === 'string') : [];
  const hint = typeof key === 'string' ? didYouMean(key, known as string[]) : '';
  return new Undefined(name, missingMessage(target, key) + hint, placeOf(r, at));
}

/** `target.name`: a method or attribute of the type first, then a dict's entry. Undefined targets stay themselves. */
export function attr(r: Render, at: number, target: Item, name: string): Item {
  if (target instanceof Map) {
    const found = findMethod(target, name) ?? target.get(name);
    return found === undefined ? lacking(r, at, target, name) : found;
  }
  if (target instanceof Undefined) return chained(target);
  r.at = at;
  const found =
    target instanceof Special && target.face.string === undefined
      ? (target.face.attr?.(name) ?? target.face.item?.(name))
      : findMethod(target, name);
  return found === undefined ? lacking(r, at, target, name) : found;
}

function chained(target: Undefined): Item {
  return target.lax ? use(new Undefined(target.name, target.message, target.pos)) : target;
}

/** `target[key]`: an item first, then an attribute of that name. */
export function item(r: Render, at: number, target: Item, key: Item | Slice): Item {
  if (target instanceof Undefined) return chained(target);
  r.at = at;
  const index = key instanceof Undefined ? use(key) : key;
  const found = getItem(target, index);
  if (found !== undefined) return found;
  if (typeof index !== 'string') return lacking(r, at, target, index);
  const special = target instanceof Special && target.face.string === undefined;
  const byName = special ? target.face.attr?.(index) : findMethod(target, index);
  return byName === undefined ? lacking(r, at, target, index) : byName;
}
