import { equals } from '../../values/equal.js';
import { toList } from '../../values/iterate.js';
import { compare } from '../../values/order.js';
import { ValueProblem } from '../../values/problem.js';
import { truthy } from '../../values/truth.js';
import type { List, Tuple, Value } from '../../values/value.js';
import { bind, type Method, whole } from './bind.js';

function find(items: readonly Value[], wanted: Value, start: number, end: number): number {
  const length = items.length;
  const from = start < 0 ? Math.max(0, start + length) : start;
  const to = Math.min(length, end < 0 ? end + length : end);
  for (let i = from; i < to; i++) if (equals(items[i]!, wanted)) return i;
  throw new ValueProblem('the value is not in the sequence', 'ValueError');
}

function indexOf(items: readonly Value[], args: readonly Value[]): number {
  const [wanted, start, end] = bind('index', 'value start? stop?', args, new Map());
  return find(items, wanted!, whole('index', start, 0), whole('index', end, items.length));
}

function countOf(items: readonly Value[], args: readonly Value[]): number {
  const [wanted] = bind('count', 'value', args, new Map());
  return items.filter((item) => equals(item, wanted!)).length;
}

function pop(self: List, args: readonly Value[]): Value {
  const at = whole('pop', bind('pop', 'index?', args, new Map())[0], -1);
  const index = at < 0 ? at + self.length : at;
  if (self.length === 0 || index < 0 || index >= self.length)
    throw new ValueProblem(
      self.length === 0 ? 'pop from empty list' : 'pop index out of range',
      'IndexError',
    );
  return self.splice(index, 1)[0]!;
}

function insert(self: List, args: readonly Value[]): null {
  const [at, value] = bind('insert', 'index object', args, new Map());
  const index = whole('insert', at, 0);
  self.splice(index < 0 ? Math.max(0, index + self.length) : index, 0, value!);
  return null;
}

function sort(self: List, args: readonly Value[], kwargs: ReadonlyMap<string, Value>): null {
  const [reverse] = bind('sort', 'reverse?', args, kwargs);
  self.sort((a, b) => compare(a, b));
  if (reverse !== undefined && truthy(reverse)) self.reverse();
  return null;
}

/** Python's list methods; those that change the list give None. */
export const listMethods: ReadonlyMap<string, Method<List>> = new Map<string, Method<List>>([
  [
    'append',
    (self, args) => {
      self.push(bind('append', 'object', args, new Map())[0]!);
      return null;
    },
  ],
  [
    'extend',
    (self, args) => {
      self.push(...toList(bind('extend', 'iterable', args, new Map())[0]!));
      return null;
    },
  ],
  ['insert', insert],
  ['pop', pop],
  [
    'remove',
    (self, args) => {
      self.splice(find(self, bind('remove', 'value', args, new Map())[0]!, 0, self.length), 1);
      return null;
    },
  ],
  [
    'clear',
    (self) => {
      self.length = 0;
      return null;
    },
  ],
  [
    'reverse',
    (self) => {
      self.reverse();
      return null;
    },
  ],
  ['sort', sort],
  ['copy', (self) => [...self]],
  ['index', indexOf],
  ['count', countOf],
  [
    '__setitem__',
    (self, args) => {
      const [at, value] = bind('__setitem__', 'key value', args, new Map());
      self[whole('__setitem__', at, 0)] = value!;
      return null;
    },
  ],
]);

/** Python's tuple methods. */
export const tupleMethods: ReadonlyMap<string, Method<Tuple>> = new Map<string, Method<Tuple>>([
  ['index', (self, args) => indexOf(self.items, args)],
  ['count', (self, args) => countOf(self.items, args)],
]);
