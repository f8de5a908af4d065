import { FfeError } from '../../errors/error.js';
import type { At, Loop, LoopControlName } from '../../playbook/tree.js';
import { toResult, withoutTuples } from '../../values/convert.js';
import type { JsonObject } from '../../values/json.js';
import { str } from '../../values/print.js';
import { type Raw, Tuple, type Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { bringsData } from '../../vars/unsafe.js';
import { asBool, finish, finishAt } from '../evaluate.js';
import type { LoopItem } from './attempt.js';

function asList(value: Value, at: At): Value[] {
  if (Array.isArray(value)) return value;
  if (value instanceof Tuple) return [...value.items];
  throw new FfeError(
    'bad-value',
    `Invalid data passed to 'loop', it requires a list, got this instead: ${str(value)}`,
    {
      pos: at.pos,
      hint: 'if you passed a list or dict of just one element, try adding wantlist=True to your lookup invocation or use q/query instead of lookup',
    },
  );
}

/** Lookups that take a dict as one term; the others see its keys. */
const DICT_TERMS: ReadonlySet<string> = new Set(['dict', 'first_found', 'subelements', 'nested', 'together']);
/** Lookups that refuse anything but a list. */
const LISTS_ONLY: ReadonlySet<string> = new Set(['list', 'indexed_items']);

/** What `with_x` gives its lookup: a list as it is, anything else as the only term (listify_lookup_plugin_terms). */
function termsOf(lookup: string, terms: Value, at: At): Value[] {
  if (Array.isArray(terms)) return terms;
  const name = lookup.replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (!(terms instanceof Map)) return [terms];
  if (LISTS_ONLY.has(name))
    throw new FfeError('template', `with_${name} expects a list`, {
      pos: at.pos,
      notes: [`found ${str(terms)}`],
    });
  return DICT_TERMS.has(name) ? [terms] : [...terms.keys()];
}

/** The terms of `first_found` that can be evaluated: it passes over those whose variables are undefined. */
function definedTerms(raw: Raw, scope: LayeredScope, at: At): Value[] {
  try {
    return [finish(raw, scope, at.pos)];
  } catch (error) {
    if (!(error instanceof FfeError) || error.code !== 'undefined') throw error;
    return Array.isArray(raw) ? [raw.flatMap((term) => definedTerms(term, scope, at))] : [];
  }
}

/** The folder that `first_found` searches, by the name of the task's action (core 2.14, _get_loop_items). */
const folderOf = (action: string): string =>
  `${['template', 'var'].find((part) => action.includes(part)) ?? 'file'}s`;

/** The items of an action's loop, evaluated. `with_x` calls the lookup x with its terms. */
export function loopItems(loop: Loop, scope: LayeredScope, action: string): Value[] {
  const { templater, files } = scope.tools;
  if (!loop.lookup) return asList(finishAt(loop.items, scope), loop.items);
  const { value, pos } = loop.items;
  const first = /(?:^|\.)first_found$/.test(loop.lookup);
  const terms = first ? (definedTerms(value, scope, loop.items)[0] ?? []) : finish(value, scope, pos);
  const list = termsOf(loop.lookup, terms, loop.items);
  const near = first ? { ...files, folder: folderOf(action) } : files;
  return templater.lookup(loop.lookup, list, new Map(), scope, near);
}

function control(loop: Loop, name: LoopControlName, scope: LayeredScope): Value | undefined {
  const at = loop.control.get(name);
  if (!at) return undefined;
  const value = finishAt(at, scope);
  return value === null ? undefined : value;
}

function extended(items: readonly Value[], index: number, withAll: boolean): Value {
  const last = items.length - 1;
  const out = new Map<Value, Value>();
  if (withAll) out.set('allitems', [...items]);
  out
    .set('index', index + 1)
    .set('index0', index)
    .set('first', index === 0)
    .set('last', index === last);
  out
    .set('length', items.length)
    .set('revindex', items.length - index)
    .set('revindex0', last - index);
  if (index < last) out.set('nextitem', items[index + 1]!);
  if (index > 0) out.set('previtem', items[index - 1]!);
  return out;
}

/** Seconds to wait between items. */
export function loopPause(loop: Loop, scope: LayeredScope): number {
  const pause = control(loop, 'pause', scope);
  return pause === undefined ? 0 : Number(str(pause));
}

/** Every item with its variables, ready to be tried in turn. The label is evaluated when the item's turn comes. */
export function loopVariables(loop: Loop, items: readonly Value[], scope: LayeredScope): LoopItem[] {
  const name = str(control(loop, 'loop_var', scope) ?? 'item');
  const indexVar = control(loop, 'index_var', scope);
  const wantsExtended = control(loop, 'extended', scope);
  const allItems = control(loop, 'extended_allitems', scope);
  const safe = !bringsData(loop.items.value, scope.tools.templater.reads, (n) => scope.unsafe?.(n) ?? false);
  // An item is a variable, and reading one makes lists of tuples.
  return items.map(withoutTuples).map((value, index) => {
    const vars = new Map<string, Value>([
      [name, value],
      ['ansible_loop_var', name],
    ]);
    const more = new Map<string, Value>();
    if (indexVar !== undefined) more.set(str(indexVar), index).set('ansible_index_var', indexVar);
    if (wantsExtended !== undefined && asBool(wantsExtended))
      more.set('ansible_loop', extended(items, index, allItems === undefined || asBool(allItems)));
    for (const [key, set] of more) vars.set(key, set);
    return { value, name, label: '', vars, fields: toResult(more) as JsonObject, safe };
  });
}

/** What `(item=...)` shows: the label, or the item itself. */
export function loopLabel(loop: Loop, item: LoopItem, scope: LayeredScope): string {
  const label = loop.control.get('label');
  const shown = label ? finishAt(label, scope) : item.value;
  // Ansible's items have been through JSON by the time they are shown: tuples are lists.
  return str(shown instanceof Tuple ? [...shown.items] : shown);
}
