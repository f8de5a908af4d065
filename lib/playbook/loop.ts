import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { find } from '../template/compile/functions.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import { checkKeywords } from './check-keywords.js';
import { LOOP_CONTROL } from './keywords.js';
import type { Place } from './loading.js';
import { at, type Dict, isTemplate, keyError, kindOf } from './raw.js';
import { checkAt } from './template-check.js';
import type { At, Loop, LoopControlName } from './tree.js';

function controlOf(dict: Dict, place: Place): ReadonlyMap<LoopControlName, At> {
  const control = dict.get('loop_control');
  if (control === undefined || control === null) return new Map();
  if (!(control instanceof Map))
    throw keyError('bad-value', `loop_control must be a dict, not ${kindOf(control)}`, dict, 'loop_control');
  const inner = control as Dict;
  checkKeywords(place.loading, inner, LOOP_CONTROL, 'LoopControl');
  const names = Object.keys(LOOP_CONTROL) as LoopControlName[];
  return new Map(
    names.flatMap((name) => {
      const value = at(inner, name, place.file);
      return value ? [[name, value] as const] : [];
    }),
  );
}

function checkLookup(dict: Dict, key: Value, name: string, place: Place): void {
  const { lookups } = place.loading.options;
  if (!lookups || find(lookups, 'lookup', name)) return;
  const short = name.slice(name.lastIndexOf('.') + 1);
  const hint = 'with_NAME loops over what the lookup NAME gives';
  throw keyError(
    'unknown-name',
    `there is no lookup '${name}'${didYouMean(short, lookups.keys())}`,
    dict,
    key,
    hint,
  );
}

/** The loop of a task, by `loop` or `with_`; undefined when it has none. Throws an FfeError for two of them. */
export function loopOf(dict: Dict, place: Place): Loop | undefined {
  const keys = [...dict.keys()].filter((key) => key === 'loop' || str(key).startsWith('with_'));
  const control = controlOf(dict, place);
  if (keys.length === 0) return undefined;
  const key = str(keys[0]!);
  if (keys.length > 1)
    throw keyError(
      'bad-value',
      `a task has one loop, and here are ${keys.map((k) => str(k)).join(' and ')}`,
      dict,
      keys[1]!,
    );
  const items = at(dict, key, place.file)!;
  if (items.value === null) throw new FfeError('bad-value', `${key} needs a value`, { pos: items.pos });
  if (key === 'loop' && typeof items.value === 'string' && !isTemplate(items.value))
    throw new FfeError('bad-value', `loop takes a list, not the text '${items.value}'`, {
      pos: items.pos,
      hint: `a variable is written loop: "{{ ${items.value} }}"`,
    });
  const lookup = key === 'loop' ? undefined : key.slice('with_'.length);
  if (lookup !== undefined) checkLookup(dict, key, lookup, place);
  checkAt(place.loading, items, 'value');
  return { items, lookup, control };
}
