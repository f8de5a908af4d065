import { asIndex } from '../../values/number.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Filter, type Kwargs, TemplateError } from '../library.js';
import { count, items } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';

const MOST_ROWS = 1_000_000;

/** Stops what would fill the controller's memory. */
function guard(rows: number): void {
  if (rows > MOST_ROWS) throw new TemplateError(`${rows} combinations are more than ${MOST_ROWS}`);
}

/** n * (n - 1) * ... over `length` factors: the number of permutations. */
function arrangements(n: number, length: number): number {
  return length > n ? 0 : Array.from({ length }, (_, i) => n - i).reduce((a, b) => a * b, 1);
}

function zip(lists: Value[][], length: number, fill: Value): Value[] {
  return Array.from(
    { length },
    (_, i) => new Tuple(lists.map((list) => (i < list.length ? list[i]! : fill))),
  );
}

function only(name: string, kwargs: Kwargs, known: string): void {
  for (const key of kwargs.keys())
    if (key !== known) throw new TemplateError(`${name} has no argument '${key}', only ${known}`);
}

/** How many items to choose. */
function size(r: Value | undefined): number {
  const length = asIndex(r);
  if (length < 0) throw new TemplateError('the number of items to choose must not be negative');
  return length;
}

const lists = (input: unknown, args: readonly unknown[]): Value[][] =>
  [input, ...args].map((arg) => items(use(arg as Value)));

const zipShort: Filter = (input, args, kwargs) => {
  only('zip', kwargs, 'strict');
  const all = lists(input, args);
  const strict = kwargs.get('strict');
  const lengths = all.map((l) => l.length);
  if (strict === true && new Set(lengths).size > 1)
    throw new TemplateError('zip: the lists are not of one length');
  return zip(all, Math.min(...lengths), null);
};

const zipLong: Filter = (input, args, kwargs) => {
  only('zip_longest', kwargs, 'fillvalue');
  const all = lists(input, args);
  return zip(all, Math.max(...all.map((l) => l.length)), kwargs.get('fillvalue') ?? null);
};

/** Every way to take one item of each list, the last one running fastest. */
export function cartesian(all: readonly (readonly Value[])[]): Value[][] {
  guard(all.reduce((rows, list) => rows * list.length, 1));
  return all.reduce<Value[][]>(
    (rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])),
    [[]],
  );
}

const product: Filter = (input, args, kwargs) => {
  only('product', kwargs, 'repeat');
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
    const length = r === undefined || r === null ? list.length : size(r);
    guard(arrangements(list.length, length));
    return permute(list, length).map((row) => new Tuple(row));
  }),
  combinations: filter('r', (input, [r]) => {
    const list = items(input);
    const length = size(r);
    guard(arrangements(list.length, length) / arrangements(length, length));
    return combine(list, length).map((row) => new Tuple(row));
  }),
};
