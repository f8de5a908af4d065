import type { Raw } from '../values/value.js';
import { addBlocks, addChild, addVars, ensureGroup, ensureHost, joinGroup } from './graph.js';
import { groupName } from './group-name.js';
import type { Group, Host, Inventory } from './inventory.js';
import { settle } from './settle.js';

function runtimeGroup(inventory: Inventory, written: string): Group {
  const name = groupName(inventory, written);
  const known = inventory.groups.get(name);
  if (known) return known;
  const group = ensureGroup(inventory, name);
  addBlocks(group, inventory.beside?.group(name) ?? []);
  return group;
}

/** The inventory for a change that is only repeated: it need not be noted again. */
function withoutChanges(inventory: Inventory): Inventory {
  return { ...inventory, changes: [] };
}

/** Takes over what the sources say now; hosts and groups that the run added are added again. */
export function refresh(inventory: Inventory, fresh: Inventory): void {
  inventory.hosts.clear();
  inventory.groups.clear();
  for (const [name, host] of fresh.hosts) inventory.hosts.set(name, host);
  for (const [name, group] of fresh.groups) inventory.groups.set(name, group);
  for (const change of inventory.changes) change(inventory);
  settle(inventory);
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
  const joined = groups.filter((group) => !host.groups.has(groupName(inventory, group)));
  for (const group of joined) {
    runtimeGroup(inventory, group);
    joinGroup(inventory, host, group);
  }
  addVars(host, 'add_host', vars);
  const changed = isNew || joined.length > 0 || vars.size > 0;
  if (changed) settle(inventory);
  inventory.changes.push((again) => addHost(withoutChanges(again), name, groups, vars));
  return { host, changed };
}

/** group_by: puts a host into a group, made when new below its parents. Tells whether anything changed. */
export function addToGroup(
  inventory: Inventory,
  hostName: string,
  name: string,
  parents: readonly string[] = ['all'],
): boolean {
  inventory.changes.push((again) => {
    if (again.hosts.has(hostName)) addToGroup(withoutChanges(again), hostName, name, parents);
  });
  const host = ensureHost(inventory, hostName);
  const group = runtimeGroup(inventory, name);
  const newParents = parents.filter((parent) => !group.parents.has(groupName(inventory, parent)));
  for (const parent of newParents) {
    runtimeGroup(inventory, parent);
    addChild(inventory, parent, name);
  }
  const joins = !group.hosts.has(hostName);
  if (joins) joinGroup(inventory, host, name);
  if (joins || newParents.length > 0) settle(inventory);
  return joins || newParents.length > 0;
}
