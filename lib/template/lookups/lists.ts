import { equals } from '../../values/equal.js';
import { repr, str } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import { type Dict, Tuple, type Value } from '../../values/value.js';
import { cartesian } from '../filters/combinations.js';
import { type Lookup, TemplateError } from '../library.js';
import { randomSource } from '../random.js';
import { isSequence, items } from '../read.js';
import { asBoolean } from '../tests/kinds.js';
import { lookup } from './options.js';

/** One level of lists and tuples opened. */
function flat(list: readonly Value[]): Value[] {
  return list.flatMap((item) => (isSequence(item) ? items(item) : [item]));
}

const asList = (v: Value): Value[] => (typeof v === 'string' || !isIterable(v) ? [v] : items(v));
const isIterable = (v: Value): boolean => isSequence(v) || v instanceof Map;

const nested = lookup('', (terms) => {
  if (terms.length === 0)
    throw new TemplateError('with_nested requires at least one element in the nested list');
  return cartesian(terms.map(asList)).map(flat);
});

const together = lookup('', (terms) => {
  if (terms.length === 0) throw new TemplateError('with_together requires at least one element in each list');
  const lists = terms.map(asList);
  const length = Math.max(...lists.map((l) => l.length));
  return Array.from({ length }, (_, i) => flat(lists.map((list) => list[i] ?? null)));
});

const skipped = (dict: Dict): boolean => !equals(dict.get('skipped') ?? false, false);

function take(item: Dict, path: readonly string[], skipMissing: boolean): { item: Dict; list: Value[] } {
  const [key, ...rest] = path as [string, ...string[]];
  const copy = new Map(item);
  const value = item.get(key);
  if (value === undefined) {
    if (skipMissing) return { item: copy, list: [] };
    throw new TemplateError(`could not find '${key}' key in iterated item '${repr(item)}'`);
  }
  if (rest.length === 0) {
    if (!Array.isArray(value))
      throw new TemplateError(`the key ${key} should point to a list, got '${repr(value)}'`);
    copy.delete(key);
    return { item: copy, list: value };
  }
  if (!(value instanceof Map)) {
    if (skipMissing) return { item: copy, list: [] };
    throw new TemplateError(`the key ${key} should point to a dictionary, got '${repr(value)}'`);
  }
  const inner = take(value, rest, skipMissing);
  copy.set(key, inner.item);
  return { item: copy, list: inner.list };
}

function skipsMissing(flags: Value | undefined): boolean {
  const v = flags instanceof Map ? flags.get('skip_missing') : undefined;
  return v === undefined ? false : (asBoolean(v) ?? false);
}

const subelementsError = (why: string): TemplateError =>
  new TemplateError(`subelements lookup expects a list of two or three items, ${why}`);

const subelements = lookup('', (terms) => {
  const [source, key, flags] = terms;
  if (terms.length < 2 || terms.length > 3) throw subelementsError('');
  if (typeof key !== 'string')
    throw subelementsError('first a dict or a list, second a string pointing to the subkey');
  if (terms.length === 3 && !(flags instanceof Map))
    throw subelementsError("the optional third item must be a dict with flags ('skip_missing',)");
  if (source instanceof Map && skipped(source)) return [];
  const path = key.split('.');
  const elements =
    source instanceof Map ? Array.from(source.values()) : Array.isArray(source) ? source : [source!];
  return elements.flatMap((element) => {
    if (!(element instanceof Map))
      throw new TemplateError(`subelements lookup expects a dictionary, got '${str(element)}'`);
    const dict = element;
    if (skipped(dict)) return [];
    const { item, list } = take(dict, path, skipsMissing(flags));
    return list.map((value) => new Tuple([item, value]));
  });
});

function expectDict(term: Value): Dict {
  if (term instanceof Map) return term;
  throw new TemplateError(`with_dict expects a dict, not ${typeName(term)}`);
}

const pairs = lookup('', (terms) =>
  terms.flatMap((term) =>
    Array.from(
      expectDict(term),
      ([key, value]) =>
        new Map<Value, Value>([
          ['key', key],
          ['value', value],
        ]),
    ),
  ),
);

/** Lookups that only rearrange their terms. */
export const listLookups: Record<string, Lookup> = {
  items: lookup('', flat),
  list: lookup('', (terms) => terms),
  nested,
  cartesian: nested,
  together,
  subelements,
  dict: pairs,
  indexed_items: lookup('', (terms) => flat(terms).map((item, i) => new Tuple([i, item]))),
  random_choice: lookup('', (terms) => (terms.length ? [terms[randomSource()(terms.length)]!] : [])),
  flattened: lookup('', (terms) => terms.flatMap(deepFlat)),
};

function deepFlat(v: Value): Value[] {
  if (!isSequence(v)) return [v];
  return items(v).flatMap(deepFlat);
}
