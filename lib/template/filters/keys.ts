import { equals } from '../../values/equal.js';
import { compare } from '../../values/order.js';
import { repr } from '../../values/print.js';
import { typeName } from '../../values/typename.js';
import type { Dict, Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { asDict, isSequence, items, oneOf, text } from '../read.js';
import { pattern } from '../regex/pattern.js';
import { filter } from '../signature.js';

type Match = (target: string, key: string) => boolean;

const MATCHES: Record<string, Match> = {
  starts_with: (target, key) => key.startsWith(target),
  ends_with: (target, key) => key.endsWith(target),
  regex: (target, key) => pattern(target).match(key) !== undefined,
};

function matcher(parameter: Value | undefined): Match {
  if (parameter === undefined || parameter === null) return (target, key) => target === key;
  return MATCHES[oneOf(parameter, Object.keys(MATCHES), 'matching_parameter')]!;
}

const isEmpty = (v: Value): boolean =>
  (Array.isArray(v) && v.length === 0) || (v instanceof Map && v.size === 0);
const isBranch = (v: Value): boolean => Array.isArray(v) || v instanceof Map;

function branch(input: Value, what: string): Value {
  if (isBranch(input)) return input;
  throw new TemplateError(`${what} needs a list or a dict, not ${typeName(input)}`);
}

/** A list under a key loses what became empty; one of texts alone is not kept. */
function keptBranch(value: Value, wanted: (key: string) => boolean): Value | undefined {
  const inner = keep(value, wanted);
  if (!Array.isArray(inner)) return isEmpty(inner) ? undefined : inner;
  const rest = inner.filter((item) => !isEmpty(item));
  return rest.every((item) => typeof item === 'string') ? undefined : rest;
}

function keep(v: Value, wanted: (key: string) => boolean): Value {
  if (Array.isArray(v)) return v.map((item) => keep(item, wanted));
  if (!(v instanceof Map)) return v;
  const out: Dict = new Map();
  for (const [key, value] of v) {
    const kept = isBranch(value) ? keptBranch(value, wanted) : wanted(text(key)) ? value : undefined;
    if (kept !== undefined) out.set(key, kept);
  }
  return out;
}

function truthyItem(v: Value): boolean {
  return !(v === null || v === false || v === 0 || v === '' || isEmpty(v));
}

/** The data without some keys, and its lists without what is empty. */
function remove(v: Value, unwanted: (key: string) => boolean): Value {
  if (Array.isArray(v)) return v.map((item) => remove(item, unwanted)).filter(truthyItem);
  if (!(v instanceof Map)) return v;
  const rest = Array.from(v).filter(([key]) => !unwanted(text(key)));
  return new Map(rest.map(([key, value]) => [key, remove(value, unwanted)]));
}

type Change = { before: string; after: Value };

function replaced(v: Value, changes: readonly Change[], match: Match): Value {
  if (Array.isArray(v)) return v.map((item) => replaced(item, changes, match));
  if (!(v instanceof Map)) return v;
  const out = new Map(v);
  for (const { before, after } of changes)
    for (const key of Array.from(out.keys())) {
      if (!match(before, text(key))) continue;
      const value = out.get(key)!;
      out.delete(key);
      out.set(after, value);
    }
  return new Map(Array.from(out, ([key, value]) => [key, replaced(value, changes, match)]));
}

function changesOf(target: Value): Change[] {
  return items(target).map((item) => {
    const dict = asDict(item, 'each replacement');
    return { before: text(dict.get('before')), after: dict.get('after') ?? null };
  });
}

function compareLists(base: Value[], other: Value[]): Dict {
  const words = other.map(text);
  const has = (list: readonly Value[], v: Value): boolean => list.some((item) => equals(item, v));
  const named = words.filter((word) => word !== 'all' && !word.startsWith('!'));
  const dropped = words.filter((word) => word.startsWith('!')).map((word) => word.slice(1));
  const chosen: Value[] = words.includes('all') ? base.filter((item) => !has(dropped, item)) : [];
  for (const word of named) if (has(base, word) && !has(chosen, word)) chosen.push(word);
  return new Map<Value, Value>([
    ['actionable', chosen.sort((a, b) => compare(a, b))],
    ['unsupported', named.filter((word) => !has(base, word))],
  ]);
}

function listOf(v: Value | undefined, what: string): Value[] {
  if (v !== undefined && isSequence(v)) return items(v);
  throw new TemplateError(`${what} must be a list, not ${repr(v ?? null)}`);
}

/** Filters that choose or rename keys at any depth (collection ansible.utils), by their full names. */
export const keyFilters: Record<string, Filter> = {
  'ansible.utils.keep_keys': filter('target matching_parameter?', (input, [target, how]) => {
    const match = matcher(how);
    const targets = listOf(target, 'target').map(text);
    return keep(branch(input, 'keep_keys'), (key) => targets.some((t) => match(t, key)));
  }),
  'ansible.utils.remove_keys': filter('target matching_parameter?', (input, [target, how]) => {
    const match = matcher(how);
    const targets = listOf(target, 'target').map(text);
    return remove(branch(input, 'remove_keys'), (key) => targets.some((t) => match(t, key)));
  }),
  'ansible.utils.replace_keys': filter('target matching_parameter?', (input, [target, how]) =>
    replaced(branch(input, 'replace_keys'), changesOf(target!), matcher(how)),
  ),
  'ansible.utils.param_list_compare': filter('target', (input, [target]) =>
    compareLists(listOf(input, 'base'), listOf(target, 'target')),
  ),
};
