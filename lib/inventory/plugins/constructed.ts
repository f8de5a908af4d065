import { FfeError } from '../../errors/error.js';
import { posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import { truthy } from '../../values/truth.js';
import type { Raw, Value } from '../../values/value.js';
import { addChild, addVars, ensureGroup, joinGroup } from '../graph.js';
import { safeGroupName } from '../group-name.js';
import { groupsOf } from '../groups-of.js';
import type { Host, VarBlock } from '../inventory.js';
import { setDepths } from '../settle.js';
import { keyedNames } from './keyed-groups.js';
import { checkKeys, dictAt, dictsAt, type PluginConfig, type PluginWork } from './plugin.js';

const OPTIONS = [
  'strict',
  'compose',
  'groups',
  'keyed_groups',
  'use_vars_plugins',
  'use_extra_vars',
  'leading_separator',
];

type Vars = ReadonlyMap<string, Raw>;

function on(config: PluginConfig, option: string, fallback = false): boolean {
  const value = config.get(option);
  return value === undefined || value === null ? fallback : truthy(value as Value);
}

/**
 * What the sources read so far say of a host, lowest precedence first; then files beside them if the plug-in shall see them, facts
 * that were kept, and variables of the command line.
 */
function varsOf({ inventory, config, besides }: PluginWork, host: Host): Vars {
  const { beside } = inventory;
  const more = on(config, 'use_vars_plugins') ? beside : undefined;
  const found = groupsOf(inventory, host.name);
  // While sources are read, only what a source puts below `all` is there, as in Ansible.
  const below = found.some((group) => group.parents.has('all')) || host.groups.has('all');
  const groups = found.filter((group) => below || group.name !== 'all');
  const blocks: readonly VarBlock[] = [
    ...groups.flatMap((group) => [...group.vars, ...(more?.group(group.name) ?? [])]),
    ...host.vars,
    ...(more?.host(host.name) ?? []),
  ];
  const names = groups.map((group) => group.name).filter((name) => name !== 'all');
  return new Map<string, Raw>([
    ...blocks.flatMap((block) => [...block.vars]),
    ...(besides.facts?.(host.name) ?? []),
    ...(on(config, 'use_extra_vars', besides.useExtraVars) ? (besides.extraVars ?? []) : []),
    ['inventory_hostname', host.name],
    ['inventory_hostname_short', host.name.split('.')[0]!],
    ['group_names', names.sort()],
  ]);
}

/** What cannot be evaluated for a host is left out, unless the plug-in is strict. */
function tried<T>(
  work: PluginWork,
  what: string,
  owner: PluginConfig,
  key: Value,
  act: () => T,
): T | undefined {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof FfeError)) throw error;
    if (!on(work.config, 'strict')) return undefined;
    throw new FfeError(error.code, `${what}: ${error.message}`, { pos: posOf(owner, key) });
  }
}

function compose(work: PluginWork, host: Host, vars: Vars): void {
  const entries = dictAt(work.config, 'compose');
  const evaluate = work.evaluate(vars);
  for (const [key, text] of entries) {
    const name = str(key);
    const value = tried(work, `Could not set ${name} for host ${host.name}`, entries, key, () =>
      evaluate(`{{${str(text as Value)}}}`, posOf(entries, key)),
    );
    if (value !== undefined) addVars(host, work.file, new Map([[name, value as Raw]]));
  }
}

function composedGroups(work: PluginWork, host: Host, vars: Vars): void {
  const entries = dictAt(work.config, 'groups');
  const evaluate = work.evaluate(vars);
  for (const [key, condition] of entries) {
    const group = safeGroupName(str(key));
    const answer = tried(work, `Could not add host ${host.name} to group ${group}`, entries, key, () =>
      evaluate(`{% if ${str(condition as Value)} %}yes{% else %}no{% endif %}`, posOf(entries, key)),
    );
    if (answer === 'yes' || answer === true) joinGroup(work.inventory, host, group, posOf(entries, key));
  }
}

function keyedGroups(work: PluginWork, host: Host, vars: Vars): void {
  const evaluate = work.evaluate(vars);
  const leads = on(work.config, 'leading_separator', true);
  for (const entry of dictsAt(work.config, 'keyed_groups')) {
    const pos = posOf(entry, 'key');
    const written = str((entry.get('key') ?? '') as Value);
    const what = `Could not generate group for host ${host.name} from ${written} entry`;
    const key = tried(work, what, entry, 'key', () => evaluate(`{{${written}}}`, pos));
    if (key === undefined) continue;
    const names = keyedNames(entry, key, leads);
    const empty = (Array.isArray(key) && key.length === 0) || (key instanceof Map && key.size === 0);
    if (names === undefined && on(work.config, 'strict') && !empty)
      throw new FfeError(
        'bad-value',
        `No key or key resulted empty for ${written} in host ${host.name}, invalid entry`,
        { pos },
      );
    const above = entry.get('parent_group');
    const parent = above
      ? tried(work, 'Could not generate parent group', entry, 'parent_group', () =>
          str(evaluate(str(above as Value), pos)),
        )
      : undefined;
    if (above && parent === undefined) continue;
    for (const name of (names ?? []).map(safeGroupName)) {
      joinGroup(work.inventory, host, name, pos);
      if (parent === undefined) continue;
      ensureGroup(work.inventory, safeGroupName(parent), pos);
      addChild(work.inventory, safeGroupName(parent), name, pos);
    }
  }
}

/**
 * Variables and groups made from the variables of hosts that earlier sources gave: Ansible's inventory plug-in
 * `constructed` (its documentation says what its options mean).
 */
export function construct(work: PluginWork): void {
  checkKeys(work, OPTIONS);
  const { inventory } = work;
  setDepths(inventory);
  for (const host of inventory.hosts.values()) {
    compose(work, host, varsOf(work, host));
    const vars = varsOf(work, host);
    composedGroups(work, host, vars);
    keyedGroups(work, host, vars);
  }
}
