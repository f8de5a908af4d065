import type { Module } from './module.js';

/** The collection of a module that names none. */
export const BUILTIN = 'ansible.builtin';

function namesOf(module: Module): string[] {
  const collection = module.collection ?? BUILTIN;
  const short = [module.name, ...(module.aliases ?? [])];
  const prefixes = collection === BUILTIN ? [BUILTIN, 'ansible.legacy'] : [collection];
  return [...short, ...prefixes.flatMap((prefix) => short.map((name) => `${prefix}.${name}`))];
}

/** Every name a playbook may call a module by: short, alias, and either with its collection before it. Later modules win. */
export function moduleTable(modules: readonly Module[]): ReadonlyMap<string, Module> {
  return new Map(modules.flatMap((module) => namesOf(module).map((name) => [name, module] as const)));
}
