import { Tuple, type Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { count, items } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';

function zip(lists: Value[][], length: number, fill: Value): Value[] {
  return Array.from(
    { length },
    (_, i) => new Tuple(lists.map((list) => (i < list.length ? list[i]! : fill))),
  );
}

const lists = (input: unknown, args: readonly unknown[]): Value[][] =>
  [input, ...args].map((arg) => items(use(arg as Value)));

const zipShort: Filter = (input, args, kwargs) => {
  const all = lists(input, args);
  const strict = kwargs.get('strict');
  const lengths = all.map((l) => l.length);
  if (strict === true && new Set(lengths).size > 1)
    throw new TemplateError('zip: the lists are not of one length');
  return zip(all, Math.min(...lengths), null);
};

const zipLong: Filter = (input, args, kwargs) => {
  const all = lists(input, args);
  return zip(all, Math.max(...all.map((l) => l.length)), kwargs.get('fillvalue') ?? null);
};

/** Every way to take one item of each list, the last one running fastest. */
export function cartesian(all: readonly (readonly Value[])[]): Value[][] {
  return all.reduce<Value[][]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

const product: Filter = (input, args, kwargs) => {
  const all = lists(input, args);
  const repeat = count(kwargs.get('repeat'), 1);
  return cartesian(Array.from({ length: repeat }, () => all).flat()).map((row) => new Tuple(row));
};

function permute(list: readonly Value[], length: number): Value[][] {
  if (length === 0) return [[]];
  return list.flatMap((item, i) => permute(list.toSpliced(i, 1), length - 1).map((rest) => [item, ...rest]));
}

function combine(list: readonly Value[], length: number): Value[][] {
  if (length === 0) return [[]];
  return list.flatMap((item, i) => combine(list.slice(i + 1), length - 1).map((rest) => [item, ...rest]));
}

/** Filters that pair up lists (Python's itertools). */
export const combinationFilters: Record<string, Filter> = {
  zip: zipShort,
  zip_longest: zipLong,
  product,
  permutations: filter('r?', (input, [r]) => {
    const list = items(input);
    return permute(list, count(r, list.length)).map((row) => new Tuple(row));
  }),
  combinations: filter('r', (input, [r]) => combine(items(input), count(r, 0)).map((row) => new Tuple(row))),
};
