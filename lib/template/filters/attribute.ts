import { Special, stringOf } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import type { Arg } from '../library.js';
import { getItem as itemOf, missingMessage } from '../runtime/items.js';
import { findMethod } from '../runtime/methods.js';

/** An item by key or index, then an attribute of that name; an Undefined when there is neither. */
export function getItem(container: Arg, key: Value): Arg {
  if (container instanceof Undefined) return container;
  const item = itemOf(container, key);
  if (item !== undefined) return item;
  const found = typeof key === 'string' ? attribute(container, key) : undefined;
  return found === undefined
    ? new Undefined(typeof key === 'string' ? key : '', missingMessage(container, key))
    : found;
}

function attribute(container: Value, name: string): Arg | undefined {
  return container instanceof Special ? container.face.attr?.(name) : findMethod(container, name);
}

/** A dotted path as a list of keys; parts of digits are indexes (Jinja2's attribute arguments). */
export function pathOf(attr: Value | undefined): Value[] {
  if (attr === undefined || attr === null) return [];
  if (typeof attr !== 'string') return [attr];
  return attr.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** Python's `lower()` for strings, anything else as it is. */
export function ignoreCase<T>(v: T): T | string {
  return stringOf(v)?.toLowerCase() ?? v;
}

/** A function that reads a dotted attribute; a default takes the place of what is undefined on the way. */
export function getter(attr: Value | undefined, fallback?: Value): (item: Arg) => Arg {
  const path = pathOf(attr);
  const missing = fallback ?? null;
  return (item) => {
    let found = item;
    for (const key of path) {
      found = getItem(found, key);
      if (missing !== null && found instanceof Undefined) found = missing;
    }
    return found;
  };
}

/** A function that reads several comma-separated attributes (all of the item itself when there is none). */
export function multiGetter(attr: Value | undefined): (item: Arg) => Arg[] {
  const parts = typeof attr === 'string' ? attr.split(',') : [attr];
  const getters = parts.map((part) => getter(part));
  return (item) => getters.map((get) => get(item));
}
