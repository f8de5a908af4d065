import { assign, findKey, hashOf } from '../../values/equal.js';
import { compare } from '../../values/order.js';
import { repr } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import type { Dict, Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { updateDict } from '../methods/dicts.js';
import { flag, isSequence, items, oneOf, text } from '../read.js';
import { use } from '../runtime/undefined.js';
import { filter } from '../signature.js';
import { compareLoose } from '../versions/loose.js';
import { MERGES, type Merge, merge } from './combine.js';

function sequence(v: Value, what: string): Value[] {
  if (isSequence(v) || typeof v === 'string') return items(v);
  throw new TemplateError(`${what} needs a list, not ${typeName(v)}`);
}

function counter(input: Value): Dict {
  const out = new Map<Value, number>();
  for (const item of sequence(input, 'counter')) {
    if (hashOf(item) === undefined) throw new TemplateError(`counter cannot count a ${typeName(item)}`);
    const key = findKey(out, item) ?? item;
    out.set(key, (out.get(key) ?? 0) + 1);
  }
  return out;
}

function groupAsDict(input: Value, attribute: Value): Dict {
  const out: Dict = new Map();
  for (const [i, element] of sequence(input, 'groupby_as_dict').entries()) {
    if (!(element instanceof Map)) throw new TemplateError(`groupby_as_dict: element ${i} is no dict`);
    const at = findKey(element, attribute);
    if (at === undefined)
      throw new TemplateError(`groupby_as_dict: element ${i} has no key ${repr(attribute)}`);
    const name = element.get(at)!;
    if (findKey(out, name) !== undefined)
      throw new TemplateError(`groupby_as_dict: several elements have the value ${repr(name)}`);
    assign(out, name, element);
  }
  return out;
}

type Rule = { index: string; recursive: boolean; how: Merge };

function mergeTwo(low: Value, high: Value, rule: Rule): Value[] {
  const byIndex = new Map<Value, Value>();
  for (const element of [...items(low), ...items(high)]) {
    if (!(element instanceof Map))
      throw new TemplateError(`lists_mergeby merges dicts, not a ${typeName(element)}`);
    const name = element.get(rule.index);
    if (name === undefined) continue;
    const known = findKey(byIndex, name) ?? name;
    byIndex.set(known, merge(byIndex.get(known) ?? new Map(), element, rule.recursive, rule.how));
  }
  return Array.from(byIndex.values()).sort((a, b) =>
    compare((a as Dict).get(rule.index)!, (b as Dict).get(rule.index)!),
  );
}

/** One list may hold the lists themselves. */
function listsOf(terms: readonly Value[]): Value[] {
  return terms.flatMap((term) => {
    const list = sequence(term, 'lists_mergeby');
    if (list.length === 0) return [];
    return list.every((item) => isSequence(item) || typeof item === 'string') ? list : [list];
  });
}

const mergeBy: Filter = (input, args, kwargs) => {
  for (const name of kwargs.keys())
    if (name !== 'recursive' && name !== 'list_merge')
      throw new TemplateError(`lists_mergeby knows only 'recursive' and 'list_merge', not '${name}'`);
  const terms = [input ?? null, ...args].map(use);
  if (terms.length < 2) throw new TemplateError('lists_mergeby needs a list and the name of a key');
  const lists = listsOf(terms.slice(0, -1));
  if (lists.length < 2) return lists[0] ?? [];
  const index = terms.at(-1)!;
  if (typeof index !== 'string')
    throw new TemplateError(`the name of the key must be a text, not ${repr(index)}`);
  const how = oneOf(kwargs.get('list_merge') ?? 'replace', MERGES, 'list_merge');
  const rule = { index, recursive: flag(kwargs.get('recursive')), how };
  return lists.reduceRight((high, low) => mergeTwo(low, high, rule));
};

const versionSort = filter('reverse?', (input, [reverse]) => {
  const sign = flag(reverse) ? -1 : 1;
  return items(input).toSorted((a, b) => sign * compareLoose(text(a), text(b)));
});

/** Filters on lists and dicts of the collection community.general, by their full names. */
export const generalListFilters: Record<string, Filter> = {
  'community.general.counter': filter('', counter),
  'community.general.dict': filter('', (input) => {
    const out: Dict = new Map();
    updateDict(out, input);
    return out;
  }),
  'community.general.dict_kv': filter('key', (input, [key]) => {
    const out: Dict = new Map();
    assign(out, key!, input);
    return out;
  }),
  'community.general.groupby_as_dict': filter('attribute', (input, [name]) => groupAsDict(input, name!)),
  'community.general.lists_mergeby': mergeBy,
  'community.general.version_sort': versionSort,
};
