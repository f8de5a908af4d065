import { FfeError } from '../errors/error.js';
import { asNumber } from '../values/number.js';
import { type Pos, posOf } from '../values/position.js';
import type { Raw } from '../values/value.js';
import { groupName } from './group-name.js';
import type { BesideVars, Group, Host, Inventory, InventoryRules, VarBlock } from './inventory.js';

/** What Ansible does unless it is told otherwise. */
export const DEFAULT_RULES: InventoryRules = { groupNames: 'never', mismatch: 'warning' };

function newGroup(name: string, pos?: Pos): Group {
  return {
    name,
    vars: [],
    hosts: new Set(),
    children: new Set(),
    parents: new Set(),
    depth: 0,
    priority: 1,
    pos,
  };
}

/** An inventory with nothing in it but the groups `all` and `ungrouped`. */
export function emptyInventory(
  sources: readonly string[] = [],
  beside?: BesideVars,
  rules = DEFAULT_RULES,
): Inventory {
  const groups = new Map(['all', 'ungrouped'].map((name) => [name, newGroup(name)]));
  const renamed = new Set<string>();
  const inventory: Inventory = {
    hosts: new Map(),
    groups,
    sources,
    rules,
    renamed,
    version: 0,
    beside,
    changes: [],
  };
  addChild(inventory, 'all', 'ungrouped');
  return inventory;
}

/** The group of that name, made when it is not there yet. */
export function ensureGroup(inventory: Inventory, written: string, pos?: Pos): Group {
  const name = groupName(inventory, written);
  const known = inventory.groups.get(name);
  if (known) return known;
  if (name !== written) inventory.renamed.add(written);
  const group = newGroup(name, pos);
  inventory.groups.set(name, group);
  return group;
}

/** The host of that name, made when it is not there yet; an implicit localhost becomes a real one. */
export function ensureHost(inventory: Inventory, name: string, pos?: Pos): Host {
  const known = inventory.hosts.get(name);
  if (known && !known.implicit) return known;
  const host: Host = { name, vars: [], groups: new Set(), pos };
  inventory.hosts.set(name, host);
  return host;
}

/** Puts a host directly into a group. */
export function joinGroup(inventory: Inventory, host: Host, name: string, pos?: Pos): void {
  const group = ensureGroup(inventory, name, pos);
  group.hosts.add(host.name);
  host.groups.add(group.name);
}

function reaches(inventory: Inventory, from: string, to: string): boolean {
  if (from === to) return true;
  for (const child of inventory.groups.get(from)?.children ?? [])
    if (reaches(inventory, child, to)) return true;
  return false;
}

/** Makes one group a child of another. Throws an FfeError when that would close a circle. */
export function addChild(inventory: Inventory, above: string, below: string, pos?: Pos): void {
  const [parentName, childName] = [groupName(inventory, above), groupName(inventory, below)];
  const parent = ensureGroup(inventory, above, pos);
  if (parent.children.has(childName)) return;
  if (parentName === childName)
    throw new FfeError('bad-value', `the group '${childName}' cannot be its own child`, { pos });
  const child = ensureGroup(inventory, below, pos);
  if (reaches(inventory, childName, parentName))
    throw new FfeError(
      'bad-value',
      `'${childName}' is above '${parentName}' already; groups form no circles`,
      {
        pos,
      },
    );
  parent.children.add(childName);
  child.parents.add(parentName);
}

/** Adds variables to a host or group, above those it has; ansible_group_priority sets a group's priority. */
export function addVars(target: Host | Group, source: string, vars: Map<string, Raw>): void {
  if ('priority' in target && vars.has('ansible_group_priority')) setPriority(target, vars);
  if (vars.size > 0) target.vars.push({ source, vars });
}

function setPriority(group: Group, vars: Map<string, Raw>): void {
  const given = vars.get('ansible_group_priority');
  const priority = typeof given === 'string' ? Number(given) : asNumber(given);
  if (priority === undefined || !Number.isInteger(priority))
    throw new FfeError('bad-value', 'ansible_group_priority must be a whole number', {
      pos: posOf(vars, 'ansible_group_priority'),
    });
  group.priority = priority;
  // It is a setting of the group and no variable of its hosts.
  vars.delete('ansible_group_priority');
}

/** Adds blocks read from group_vars or host_vars. */
export function addBlocks(target: Host | Group, blocks: readonly VarBlock[]): void {
  for (const block of blocks) target.vars.push(block);
}
