import { assign, findKey } from '../../values/equal.js';
import { repr, str } from '../../values/print.js';
import { Undefined } from '../../values/undefined.js';
import { type Dict, Tuple, type Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { asDict, asText, classOf, flag, isSequence, items } from '../read.js';
import { hashable } from '../runtime/dicts.js';
import { use } from '../runtime/undefined.js';
import { filter, looseFilter } from '../signature.js';
import { getItem } from './attribute.js';

const dict2items = filter('key_name? value_name?', (input, [keyName = 'key', valueName = 'value']) => {
  const pair = (key: Value, value: Value): Dict => {
    const out: Dict = new Map([[keyName, key]]);
    assign(out, valueName, value);
    return out;
  };
  if (!(input instanceof Map))
    throw new TemplateError(`dict2items requires a dictionary, got ${classOf(input)} instead.`);
  return Array.from(input, ([key, value]) => pair(key, value));
});

const items2dict = filter('key_name? value_name?', (input, [keyName = 'key', valueName = 'value']) => {
  if (!isSequence(input))
    throw new TemplateError(`items2dict requires a list, got ${classOf(input)} instead.`);
  const out: Dict = new Map();
  for (const item of items(input)) {
    if (!(item instanceof Map))
      throw new TemplateError(`items2dict requires a list of dictionaries, got ${repr(input)} instead.`);
    const [key, value] = [findKey(item, keyName), findKey(item, valueName)];
    if (key === undefined || value === undefined)
      throw new TemplateError(
        `items2dict requires each dictionary in the list to contain the keys ${repr(keyName)} and ${repr(valueName)}, got ${repr(input)} instead.`,
      );
    assign(out, hashable(item.get(key)!), item.get(value)!);
  }
  return out;
});

const extract = looseFilter('container morekeys?', (key, [container, more]) => {
  const rest = more === undefined || more === null ? [] : Array.isArray(more) ? more : [more];
  return [key, ...rest].reduce<Arg>(
    (value, k) => (value instanceof Undefined ? value : getItem(value, use(k))),
    container!,
  );
});

function elementsOf(input: Value): Value[] {
  if (input instanceof Map) return Array.from(input.values());
  if (Array.isArray(input)) return input;
  throw new TemplateError('obj must be a list of dicts or a nested dict');
}

function follow(element: Value, path: readonly Value[], skipMissing: boolean): Value {
  let found: Value = element;
  for (const key of path) {
    if (!(found instanceof Map))
      throw new TemplateError(`the key ${str(key)} should point to a dictionary, got '${str(found)}'`);
    const at = findKey(found, key);
    if (at === undefined) {
      if (skipMissing) return [];
      throw new TemplateError(`could not find ${repr(key)} key in iterated item ${repr(found)}`);
    }
    found = found.get(at)!;
  }
  return found;
}

function dottedKey(key: Value | undefined): string {
  if (typeof key === 'string') return key;
  throw new TemplateError('subelements must be a list or a string');
}

const subelements = filter('subelements skip_missing?', (input, [key, skip]) => {
  const path = Array.isArray(key) ? key : dottedKey(key).split('.');
  const out: Value[] = [];
  for (const element of elementsOf(input)) {
    const list = follow(element, path, flag(skip));
    if (!Array.isArray(list))
      throw new TemplateError(`the key ${repr(path.at(-1)!)} should point to a list, got ${repr(list)}`);
    for (const item of list) out.push(new Tuple([element, item]));
  }
  return out;
});

/** Filters between dicts and lists. */
export const dictFilters: Record<string, Filter> = {
  dict2items,
  items2dict,
  items: looseFilter('', (input) => {
    if (input instanceof Undefined) return [];
    return Array.from(asDict(input, 'items'), (entry) => new Tuple(entry));
  }),
  extract,
  subelements,
  attr: filter('name', (input, [name]) => {
    if (input instanceof Map)
      return new Undefined(asText(name), `'dict object' has no attribute '${asText(name)}'`);
    return getItem(input, asText(name));
  }),
};
