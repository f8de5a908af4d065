import type { Raw } from '../values/value.js';
import { addBlocks, addChild, addVars, ensureGroup, ensureHost, joinGroup } from './graph.js';
import type { Group, Host, Inventory } from './inventory.js';
import { settle } from './settle.js';

function runtimeGroup(inventory: Inventory, name: string): Group {
  const known = inventory.groups.get(name);
  if (known) return known;
  const group = ensureGroup(inventory, name);
  addBlocks(group, inventory.beside?.group(name) ?? []);
  return group;
}

/** add_host: makes the host when it is new, puts it into groups, adds variables. Tells whether anything changed. */
export function addHost(
  inventory: Inventory,
  name: string,
  groups: readonly string[],
  vars: Map<string, Raw>,
): { readonly host: Host; readonly changed: boolean } {
  const known = inventory.hosts.get(name);
  const isNew = !known || known.implicit === true;
  const host = ensureHost(inventory, name);
  if (isNew) addBlocks(host, inventory.beside?.host(name) ?? []);
  const joined = groups.filter((group) => !host.groups.has(group));
  for (const group of joined) {
    runtimeGroup(inventory, group);
    joinGroup(inventory, host, group);
  }
  addVars(host, 'add_host', vars);
  const changed = isNew || joined.length > 0 || vars.size > 0;
  if (changed) settle(inventory);
  return { host, changed };
}

/** group_by: puts a host into a group, made when new below its parents. Tells whether anything changed. */
export function addToGroup(
  inventory: Inventory,
  hostName: string,
  groupName: string,
  parents: readonly string[] = ['all'],
): boolean {
  const host = ensureHost(inventory, hostName);
  const group = runtimeGroup(inventory, groupName);
  const newParents = parents.filter((parent) => !group.parents.has(parent));
  for (const parent of newParents) {
    runtimeGroup(inventory, parent);
    addChild(inventory, parent, groupName);
  }
  const joins = !group.hosts.has(hostName);
  if (joins) joinGroup(inventory, host, groupName);
  if (joins || newParents.length > 0) settle(inventory);
  return joins || newParents.length > 0;
}
