import { modules } from '../../modules/index.js';
import type { Module } from '../../modules/module.js';
import { BUILTIN } from '../../modules/table.js';

/** A module's name with its collection before it: `ansible.builtin.copy`. */
export function fullName(module: Module): string {
  return `${module.collection ?? BUILTIN}.${module.name}`;
}

/** All modules of the program, by their full names. */
export function modulesByName(): Module[] {
  return [...modules].sort((a, b) => (fullName(a) < fullName(b) ? -1 : 1));
}
