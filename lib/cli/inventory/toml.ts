import { stringify } from 'smol-toml';
import { FfeError } from '../../errors/error.js';
import type { Group } from '../../inventory/inventory.js';
import { isFloat, isInt } from '../../values/number.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { type RawVars, variablesOfGroup, variablesOfHost } from './host-variables.js';
import { shownValue } from './plain.js';
import type { TreeView } from './tree.js';

type Table = Record<string, unknown>;

function keyOf(key: Value): string {
  if (typeof key === 'string') return key;
  throw new FfeError(
    'unsupported',
    `The source inventory contains a non-string key (${str(key)}) which cannot be represented in TOML`,
    { hint: 'put quotes around it, or print JSON or YAML' },
  );
}

/** A value as the TOML writer takes it: integers large, floats as numbers; TOML has no null. */
function plainOf(value: Value): unknown {
  if (isInt(value)) return BigInt(value);
  if (isFloat(value)) return typeof value === 'number' ? value : value.value;
  if (Array.isArray(value)) return value.filter((item) => item !== null).map(plainOf);
  if (!(value instanceof Map)) return typeof value === 'boolean' ? value : str(value);
  const entries = [...value].filter(([, inner]) => inner !== null);
  return Object.fromEntries(entries.map(([key, inner]) => [keyOf(key), plainOf(inner)]));
}

const tableOf = (vars: RawVars): Table => plainOf(shownValue(vars as Raw)) as Table;

/** The inventory as a TOML inventory holds it: one table per group; a host's variables stand where it is first met. */
export function tomlText(view: TreeView): string {
  const { groups, hosts } = view.run.inventory;
  const seen = new Set<string>();
  const out: Table = {};
  const hasUngrouped = groups.get('ungrouped')!.hosts.size > 0;
  const variables = (name: string): Table => {
    if (seen.has(name)) return {};
    seen.add(name);
    return tableOf(variablesOfHost(view, hosts.get(name)!));
  };
  const added = new Set<string>();
  const add = (group: Group): void => {
    if (added.has(group.name)) return;
    added.add(group.name);
    const children = [...group.children].filter((name) => name !== 'ungrouped' || hasUngrouped);
    for (const child of children) add(groups.get(child)!);
    const own = group.name === 'all' ? [] : [...group.hosts].filter(view.shown);
    const vars = view.export ? tableOf(variablesOfGroup(view, group)) : {};
    const table: Table = {};
    if (group.name !== 'all' && children.length > 0) table.children = children;
    if (own.length > 0) table.hosts = Object.fromEntries(own.map((name) => [name, variables(name)]));
    if (Object.keys(vars).length > 0) table.vars = vars;
    if (Object.keys(table).length > 0) out[group.name] = table;
  };
  add(groups.get('all')!);
  return stringify(out, { numbersAsFloat: true });
}
