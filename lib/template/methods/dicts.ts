import { assign, contains, findKey, lookup } from '../../values/equal.js';
import { iterate, toList } from '../../values/iterate.js';
import { repr } from '../../values/print.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { type Dict, Tuple, type Value } from '../../values/value.js';
import { hashable } from '../runtime/dicts.js';
import { bind, type Method } from './bind.js';

/** A live view of a dict, as `keys()`, `values()` and `items()` give; it ends as a list. */
function view(kind: string, dict: Dict, items: () => Value[]): Special {
  return new Special(kind, {
    iterate: items,
    size: () => dict.size,
    contains: (wanted) =>
      kind === 'dict_keys' ? findKey(dict, hashable(wanted)) !== undefined : contains(items(), wanted),
    text: () => `${kind}(${repr(items())})`,
    finish: items,
  });
}

/** Adds the entries of a dict, or of pairs, to a dict. */
export function updateDict(dict: Dict, source: Value): void {
  if (source instanceof Map) {
    for (const [key, value] of source) assign(dict, key, value);
    return;
  }
  for (const pair of iterate(source)) {
    const both = toList(pair);
    if (both.length !== 2)
      throw new ValueProblem(`a key and a value are expected, found ${both.length} items`, 'ValueError');
    assign(dict, hashable(both[0]!), both[1]!);
  }
}

function pop(self: Dict, args: readonly Value[]): Value {
  const [key, otherwise] = bind('pop', 'key default?', args, new Map());
  const at = findKey(self, hashable(key!));
  if (at === undefined) {
    if (otherwise === undefined) throw new ValueProblem(repr(key!), 'KeyError');
    return otherwise;
  }
  const value = self.get(at)!;
  self.delete(at);
  return value;
}

function setDefault(self: Dict, args: readonly Value[]): Value {
  const [key, otherwise] = bind('setdefault', 'key default?', args, new Map());
  const found = lookup(self, hashable(key!));
  if (found !== undefined) return found;
  assign(self, key!, otherwise ?? null);
  return otherwise ?? null;
}

function update(self: Dict, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): null {
  const [source] = bind('update', 'other?', args, new Map());
  if (source !== undefined) updateDict(self, source);
  for (const [key, value] of kwargs) self.set(key, value);
  return null;
}

function popItem(self: Dict): Value {
  const last = [...self].at(-1);
  if (!last) throw new ValueProblem("'popitem(): dictionary is empty'", 'KeyError');
  self.delete(last[0]);
  return new Tuple(last);
}

/** Python's dict methods. */
export const dictMethods: ReadonlyMap<string, Method<Dict>> = new Map<string, Method<Dict>>([
  [
    'get',
    (self, args) => {
      const [key, otherwise] = bind('get', 'key default?', args, new Map());
      return lookup(self, hashable(key!)) ?? otherwise ?? null;
    },
  ],
  ['keys', (self) => view('dict_keys', self, () => [...self.keys()])],
  ['values', (self) => view('dict_values', self, () => [...self.values()])],
  ['items', (self) => view('dict_items', self, () => [...self].map((pair) => new Tuple(pair)))],
  ['pop', pop],
  ['popitem', popItem],
  ['setdefault', setDefault],
  ['update', update],
  ['copy', (self) => new Map(self)],
  [
    'clear',
    (self) => {
      self.clear();
      return null;
    },
  ],
  [
    'fromkeys',
    (_, args) => {
      const [keys, value] = bind('fromkeys', 'iterable value?', args, new Map());
      return new Map(toList(keys!).map((key) => [hashable(key), value ?? null]));
    },
  ],
  [
    '__setitem__',
    (self, args) => {
      const [key, value] = bind('__setitem__', 'key value', args, new Map());
      assign(self, hashable(key!), value!);
      return null;
    },
  ],
]);
