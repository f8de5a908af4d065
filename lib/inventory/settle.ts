import { addChild, joinGroup } from './graph.js';
import type { Inventory } from './inventory.js';

function deepen(inventory: Inventory, name: string, depth: number): void {
  const group = inventory.groups.get(name)!;
  if (group.depth >= depth) return;
  group.depth = depth;
  for (const child of group.children) deepen(inventory, child, depth + 1);
}

/** Sets the depths of all groups, from those that have no parent. */
export function setDepths(inventory: Inventory): void {
  for (const group of inventory.groups.values()) group.depth = -1;
  for (const group of inventory.groups.values())
    if (group.parents.size === 0) deepen(inventory, group.name, 0);
}

/**
 * Brings the graph into Ansible's final shape: groups without a parent go under `all`, hosts without a group into
 * `ungrouped` (and out of it once they have one), depths are set. Called after reading and after every change.
 */
export function settle(inventory: Inventory): void {
  for (const group of inventory.groups.values())
    if (group.name !== 'all' && group.parents.size === 0) addChild(inventory, 'all', group.name);
  const ungrouped = inventory.groups.get('ungrouped')!;
  for (const host of inventory.hosts.values()) {
    if (host.implicit) continue;
    const others = [...host.groups].some((g) => g !== 'all' && g !== 'ungrouped');
    if (others && ungrouped.hosts.delete(host.name)) host.groups.delete('ungrouped');
    if (!others) joinGroup(inventory, host, 'ungrouped');
  }
  setDepths(inventory);
  inventory.version++;
}

/** The names of a group's hosts with those of the groups below it, in Ansible's order: level by level. */
export function hostsOf(inventory: Inventory, groupName: string): string[] {
  const seen = new Set<string>([groupName]);
  const hosts = new Set<string>();
  let level = [groupName];
  while (level.length > 0) {
    const next: string[] = [];
    for (const name of level) {
      const group = inventory.groups.get(name);
      for (const host of group?.hosts ?? []) hosts.add(host);
      for (const child of group?.children ?? []) {
        if (seen.has(child)) continue;
        seen.add(child);
        next.push(child);
      }
    }
    level = next;
  }
  return [...hosts];
}
