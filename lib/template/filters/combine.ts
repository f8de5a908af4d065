import { assign, equals, findKey } from '../../values/equal.js';
import { str } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import { Undefined } from '../../values/undefined.js';
import type { Dict, Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { flag, items, oneOf } from '../read.js';

import { use } from '../runtime/undefined.js';
import { flatten } from './sequences.js';
import { membership } from './sets.js';

/** The ways in which two lists under one key can be merged. */
export const MERGES = ['replace', 'keep', 'append', 'prepend', 'append_rp', 'prepend_rp'] as const;
/** One of them. */
export type Merge = (typeof MERGES)[number];

function mergeLists(low: Value[], high: Value[], how: Merge): Value[] {
  if (how === 'keep') return low;
  if (how === 'append') return [...low, ...high];
  if (how === 'prepend') return [...high, ...low];
  if (how === 'replace') return high;
  const present = membership(high);
  const rest = low.filter((v) => !present(v));
  return how === 'append_rp' ? [...rest, ...high] : [...high, ...rest];
}

function mergeValues(low: Value, high: Value, recursive: boolean, how: Merge): Value {
  if (low instanceof Map && high instanceof Map) return recursive ? merge(low, high, recursive, how) : high;
  return Array.isArray(low) && Array.isArray(high) ? mergeLists(low, high, how) : high;
}

/** Ansible's merge of two dicts into a new one: `high` wins, the order of keys is that of `low`. */
export function merge(low: Value, high: Value, recursive: boolean, how: Merge): Dict {
  if (!(low instanceof Map && high instanceof Map))
    throw new TemplateError(
      `failed to combine variables, expected dicts but got a '${typeName(low)}' and a '${typeName(high)}'`,
    );
  if (low.size === 0 || equals(low, high)) return new Map(high);
  const out = new Map(low);
  for (const [key, value] of high) {
    const at = findKey(out, key);
    assign(out, key, at === undefined ? value : mergeValues(out.get(at)!, value, recursive, how));
  }
  return out;
}

function check(v: Value): void {
  if (v instanceof Undefined) use(v);
  else if (v instanceof Map) for (const item of v.values()) check(item);
  else if (Array.isArray(v)) for (const item of v) check(item);
}

const combine: Filter = (input, args, kwargs) => {
  for (const name of kwargs.keys())
    if (name !== 'recursive' && name !== 'list_merge')
      throw new TemplateError("'recursive' and 'list_merge' are the only valid keyword arguments");
  const how = oneOf(kwargs.get('list_merge') ?? 'replace', MERGES, 'list_merge');
  const recursive = flag(kwargs.get('recursive'));
  const dicts = flatten([input, ...args].map(use), 1, true);
  for (const dict of dicts) check(dict);
  if (dicts.length === 0) return new Map();
  // From the last to the first, because merging into the highest decides ties as Ansible does.
  return dicts.reduceRight((high, low) => merge(low, high, recursive, how));
};

const rekey = (data: Value, key: Value, overwrite: boolean): Dict => {
  const out: Dict = new Map();
  if (typeof data === 'string') throw new TemplateError('Type is not a valid list, set, or dict');
  for (const item of data instanceof Map ? data.values() : items(data)) {
    if (!(item instanceof Map)) throw new TemplateError('List item is not a valid dict');
    const at = findKey(item, key);
    if (at === undefined) throw new TemplateError(`Key ${String(key)} was not found`);
    const name = item.get(at)!;
    if (!overwrite && findKey(out, name) !== undefined)
      throw new TemplateError(`Key ${String(name)} is not unique, cannot correctly turn into dict`);
    assign(out, name, item);
  }
  return out;
};

/** Filters that merge dicts. */
export const combineFilters: Record<string, Filter> = {
  combine,
  rekey_on_member: (input, args, kwargs) => {
    const [key, duplicates = 'error'] = [args[0] ?? kwargs.get('key'), args[1] ?? kwargs.get('duplicates')];
    if (duplicates !== 'error' && duplicates !== 'overwrite')
      throw new TemplateError(
        `duplicates parameter to rekey_on_member has unknown value: ${str(duplicates as Value)}`,
      );
    return rekey(use(input), use(key ?? null), duplicates === 'overwrite');
  },
};
