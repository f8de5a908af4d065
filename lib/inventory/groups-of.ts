import type { Group, Inventory } from './inventory.js';

/** A host's groups with every group above them, in Ansible's order: depth, then priority, then name; `all` first. */
export function groupsOf(inventory: Inventory, hostName: string): Group[] {
  const found = new Map<string, Group>();
  const add = (name: string): void => {
    const group = inventory.groups.get(name);
    if (!group || found.has(name)) return;
    found.set(name, group);
    for (const parent of group.parents) add(parent);
  };
  for (const name of inventory.hosts.get(hostName)?.groups ?? []) add(name);
  add('all');
  return [...found.values()].sort(
    (a, b) => a.depth - b.depth || a.priority - b.priority || (a.name < b.name ? -1 : 1),
  );
}
