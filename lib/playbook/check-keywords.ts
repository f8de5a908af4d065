import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Json } from '../values/json.js';
import { posOf } from '../values/position.js';
import { repr, str } from '../values/print.js';
import { PyFloat, type Raw, Sealed, Unsafe, type Value } from '../values/value.js';
import { CHOICES, type KeywordKind, type Keywords } from './keywords.js';
import type { Loading } from './loading.js';
import { type Dict, keyError, kindOf } from './raw.js';
import { validators } from './schema/compiled.js';

const EXPECTED: Readonly<Record<KeywordKind, string>> = {
  bool: 'true or false',
  int: 'a whole number',
  number: 'a number',
  percent: 'a number or a percentage',
  string: 'a text',
  strings: 'a text or a list of texts',
  conditions: 'a condition or a list of conditions',
  dict: 'a dict',
  dicts: 'a dict or a list of dicts',
  tasks: 'a list of tasks',
  list: 'a list',
  any: 'anything',
};

/** As much of a value as the schemas look at: the content of dicts is checked elsewhere. */
function outline(value: Raw): Json {
  if (value instanceof Map) return {};
  if (Array.isArray(value)) return (value as Raw[]).map(outline);
  // What a vault holds is only known later, like what a template gives.
  if (value instanceof Sealed) return '{{ vault }}';
  if (value instanceof Unsafe) return value.text;
  if (value instanceof PyFloat) return value.value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'object' && value !== null ? str(value as Value) : value;
}

function shown(value: Raw): string {
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return scalar ? repr(value) : kindOf(value);
}

/** Checks one keyword's value against its kind, or the words it may be. */
function checkValue(loading: Loading, dict: Dict, name: string, kind: KeywordKind): void {
  const value = dict.get(name) as Raw;
  const choices = CHOICES[name];
  const valid = validators[choices ? name : kind];
  if (!valid || valid(outline(value))) return;
  const expected = choices ? `one of ${choices.filter((c) => !c.includes('.')).join(', ')}` : EXPECTED[kind];
  const near = choices && typeof value === 'string' ? didYouMean(value, choices) : '';
  const message =
    kind === 'tasks'
      ? `A malformed block was encountered while loading ${name}: ${shown(value)} should be a list or None`
      : `'${name}' must be ${expected}, not ${shown(value)}${near}`;
  const span = typeof value === 'string' ? value.length : undefined;
  loading.errors.push(new FfeError('bad-value', message, { pos: posOf(dict, name), span }));
}

/**
 * Reports every key of a dict that is no keyword of its level, and every keyword with a value of the wrong kind.
 * `what` is the level as Ansible names it: `Play`, `TaskInclude`.
 */
export function checkKeywords(
  loading: Loading,
  dict: Dict,
  known: Keywords,
  what: string,
  allowed: (key: string) => boolean = () => false,
): void {
  for (const key of dict.keys()) {
    const name = str(key as Value);
    const kind = known[name];
    if (kind !== undefined) checkValue(loading, dict, name, kind);
    else if (!allowed(name)) {
      const message = `'${name}' is not a valid attribute for a ${what}${didYouMean(name, Object.keys(known))}`;
      loading.errors.push(keyError('unknown-name', message, dict, key));
    }
  }
}
