import { assign, findKey } from '../../values/equal.js';
import { repr } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import { type Dict, Tuple, type Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { asDict, asText, flag, isSequence, items } from '../read.js';
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
  return Array.from(asDict(input, 'dict2items'), ([key, value]) => pair(key, value));
});

const items2dict = filter('key_name? value_name?', (input, [keyName = 'key', valueName = 'value']) => {
  if (!isSequence(input)) throw new TemplateError(`items2dict needs a list, not ${typeName(input)}`);
  const out: Dict = new Map();
  for (const item of items(input)) {
    const dict = asDict(item, 'each item of items2dict');
    const [key, value] = [findKey(dict, keyName), findKey(dict, valueName)];
    if (key === undefined || value === undefined)
      throw new TemplateError(`items2dict: an item lacks the key ${repr(keyName)} or ${repr(valueName)}`);
    assign(out, hashable(dict.get(key)!), dict.get(value)!);
  }
  return out;
});

const extract = looseFilter('container morekeys?', (key, [container, more]) => {
  const rest = more === undefined || more === null ? [] : Array.isArray(more) ? more : [more];
  return [key, ...rest].reduce<Arg>(
    (value, k) => (value instanceof Undefined ? value : getItem(value, use(k))),
    use(container!),
  );
});

function elementsOf(input: Value): Value[] {
  if (input instanceof Map) return Array.from(input.values());
  if (Array.isArray(input)) return input;
  throw new TemplateError(`subelements needs a dict or a list of dicts, not ${typeName(input)}`);
}

function follow(element: Value, path: readonly Value[], skipMissing: boolean): Value {
  let found: Value = element;
  for (const key of path) {
    const dict = asDict(found, `subelements on the way to ${repr(key)}`);
    const at = findKey(dict, key);
    if (at === undefined) {
      if (skipMissing) return [];
      throw new TemplateError(`subelements: there is no key ${repr(key)} in ${repr(found)}`);
    }
    found = dict.get(at)!;
  }
  return found;
}

const subelements = filter('subelements skip_missing?', (input, [key, skip]) => {
  const path = Array.isArray(key) ? key : asText(key, 'a dotted key or a list of keys').split('.');
  const out: Value[] = [];
  for (const element of elementsOf(input)) {
    const list = follow(element, path, flag(skip));
    if (!Array.isArray(list)) throw new TemplateError(`subelements: the key ${repr(key!)} holds no list`);
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
