import { FfeError } from '../../errors/error.js';
import { type Pos, posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import { truthy } from '../../values/truth.js';
import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import type { PluginConfig } from './plugin.js';

type Rule = {
  readonly separator: string;
  readonly fallback?: string;
  readonly trailing: boolean;
  readonly pos?: Pos;
};

function textOr(owner: PluginConfig, key: string, fallback: string): string {
  const value = owner.get(key);
  return value === undefined || value === null ? fallback : str(value as Value);
}

function fromDict(dict: Map<Value, Value>, rule: Rule): string[] {
  return [...dict].map(([key, value]) => {
    const name = str(key);
    if (value !== '') return `${name}${rule.separator}${str(value)}`;
    if (rule.fallback !== undefined) return `${name}${rule.separator}${rule.fallback}`;
    return rule.trailing ? `${name}${rule.separator}` : name;
  });
}

function namesOf(key: Value, rule: Rule): string[] {
  const one = (name: Value): string =>
    name === '' && rule.fallback !== undefined ? rule.fallback : str(name);
  if (typeof key === 'string') return [one(key)];
  if (Array.isArray(key)) return key.map(one);
  if (key instanceof Map) return fromDict(key, rule);
  throw new FfeError(
    'bad-value',
    `Invalid group name format, expected a string or a list of them or dictionary, got: ${typeName(key)}`,
    { pos: rule.pos },
  );
}

/**
 * The names of the groups that an entry of `keyed_groups` makes for the value of its key, before they are made safe;
 * undefined when the key is empty and there is no default. `leads` is the plug-in's
 * option `leading_separator`. Throws code 'bad-value' for options that exclude each other.
 */
export function keyedNames(entry: PluginConfig, key: Value, leads: boolean): string[] | undefined {
  const pos = posOf(entry, 'key');
  const given = entry.get('default_value');
  const fallback = given === undefined || given === null ? undefined : str(given as Value);
  if (fallback !== undefined && entry.has('trailing_separator'))
    throw new FfeError('bad-value', 'parameters are mutually exclusive: default_value, trailing_separator', {
      pos: posOf(entry, 'default_value'),
    });
  if (!truthy(key) && (fallback === undefined || key !== '')) return undefined;
  const separator = textOr(entry, 'separator', '_');
  const trailing = entry.get('trailing_separator') !== false;
  const prefix = textOr(entry, 'prefix', '');
  const leading = prefix === '' && !leads ? '' : separator;
  return namesOf(key, { separator, fallback, trailing, pos }).map((name) => `${prefix}${leading}${name}`);
}
