import { equals, hashOf } from '../../values/equal.js';
import { asIndex } from '../../values/number.js';
import { compare } from '../../values/order.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Arg, type Filter, TemplateError } from '../library.js';
import { asDict, flag, items, oneOf } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';
import { getter, ignoreCase, multiGetter } from './attribute.js';

function compareKeys(a: readonly Arg[], b: readonly Arg[]): number {
  for (const [i, x] of a.entries()) {
    const order = compare(use(x), use(b[i]!));
    if (order) return order;
  }
  return 0;
}

/** Sorts by keys computed once for each item; stable, also when reversed. */
function sortBy<T>(list: readonly T[], keys: (item: T) => Arg[], reverse: boolean): T[] {
  const keyed = list.map((item) => ({ item, key: keys(item) }));
  keyed.sort(reverse ? (a, b) => compareKeys(b.key, a.key) : (a, b) => compareKeys(a.key, b.key));
  return keyed.map((k) => k.item);
}

const sort = filter('reverse? case_sensitive? attribute?', (input, [reverse, sensitive, attribute]) => {
  const get = multiGetter(attribute);
  const fold = flag(sensitive) ? (v: Arg) => v : ignoreCase<Arg>;
  const list = items(input);
  return sortBy(list, (item) => get(item).map(fold), reverse !== undefined && asIndex(reverse) !== 0);
});

const dictsort = filter('case_sensitive? by? reverse?', (input, [sensitive, by = 'key', reverse]) => {
  const at = oneOf(by, ['key', 'value'], 'by') === 'key' ? 0 : 1;
  const fold = flag(sensitive) ? (v: Value) => v : ignoreCase<Value>;
  const entries = Array.from(asDict(input, 'dictsort'));
  return sortBy(entries, (e) => [fold(e[at]!)], flag(reverse)).map((e) => new Tuple(e));
});

function extreme(sign: 1 | -1): Filter {
  return filter('case_sensitive? attribute?', (input, [sensitive, attribute]) => {
    const list = items(input);
    if (list.length === 0) return new Undefined('', 'No aggregated item, sequence was empty.');
    const get = getter(attribute);
    const fold = flag(sensitive) ? (v: Arg) => v : ignoreCase<Arg>;
    const keyed = list.map((item) => ({ item, key: fold(get(item)) }));
    const best = keyed.reduce((a, b) => (compare(use(b.key), use(a.key)) * sign < 0 ? b : a));
    return best.item;
  });
}

/** The items with different keys, in order; a linear pass where all keys can be hashed, else by comparison. */
export function distinct(list: readonly Value[], key: (item: Value) => Value): Value[] {
  const keys = list.map(key);
  const hashes = keys.map(hashOf);
  if (hashes.includes(undefined))
    return list.filter((_, i) => keys.findIndex((k) => equals(k, keys[i]!)) === i);
  const seen = new Set<string | undefined>();
  return list.filter((_, i) => !seen.has(hashes[i]) && seen.add(hashes[i]));
}

const unique = filter('case_sensitive? attribute?', (input, [sensitive, attribute]) => {
  const list = items(input);
  const get = getter(attribute);
  const fold =
    sensitive !== undefined && sensitive !== null && flag(sensitive) ? (v: Value) => v : ignoreCase<Value>;
  const key = (item: Value): Value => fold(use(get(item)));
  if (list.every((item) => hashOf(key(item)) !== undefined)) return distinct(list, key);
  // Ansible's own way for what cannot be hashed knows neither case nor attributes.
  if (sensitive === false || (attribute !== undefined && attribute !== null))
    throw new TemplateError(
      'unique cannot fall back to comparing lists and dicts where case_sensitive=false or attribute is given',
    );
  return distinct(list, (item) => item);
});

const groupby = filter('attribute default? case_sensitive?', (input, [attribute, fallback, sensitive]) => {
  const get = getter(attribute, fallback);
  const fold = flag(sensitive) ? (v: Arg) => v : ignoreCase<Arg>;
  const keyed = items(input).map((item) => ({ item, key: use(fold(get(item))) }));
  const groups: { key: Value; list: Value[] }[] = [];
  for (const { item, key } of sortBy(keyed, (k) => [k.key], false)) {
    const last = groups.at(-1);
    if (last && equals(last.key, key)) last.list.push(item);
    else groups.push({ key, list: [item] });
  }
  const label = (g: { key: Value; list: Value[] }) => (flag(sensitive) ? g.key : use(get(g.list[0]!)));
  return groups.map((g) => new Tuple([label(g), g.list], ['grouper', 'list']));
});

/** Filters that order, group or thin out. */
export const sortingFilters: Record<string, Filter> = {
  sort,
  dictsort,
  min: extreme(1),
  max: extreme(-1),
  unique,
  groupby,
};
