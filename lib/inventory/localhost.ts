import type { Host, Inventory } from './inventory.js';

const NAMES = ['localhost', '127.0.0.1', '::1'];

/** The names of this machine that need no inventory. */
export function isLocalName(name: string): boolean {
  return NAMES.includes(name);
}

/**
 * This machine under one of its names when no file names it: the host is made on first use, with connection local
 * and the interpreter of `ansible_playbook_python`, and never part of `all`. Empty for any other name.
 */
export function localhost(inventory: Inventory, name: string): string[] {
  if (!isLocalName(name)) return [];
  if (!inventory.hosts.has(name)) {
    const vars = new Map<string, string>([
      ['ansible_connection', 'local'],
      ['ansible_python_interpreter', '/usr/bin/python3'],
    ]);
    const beside = inventory.beside?.host(name) ?? [];
    const host: Host = {
      name,
      vars: [{ source: 'implicit localhost', vars }, ...beside],
      groups: new Set(),
      implicit: true,
    };
    inventory.hosts.set(name, host);
  }
  return [name];
}

/** The host of that name, or this machine when it goes by it; undefined for a name nobody knows. */
export function findHost(inventory: Inventory, name: string): Host | undefined {
  localhost(inventory, name);
  return inventory.hosts.get(name);
}
