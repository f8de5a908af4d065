/**
 * Ansible's levels of variable precedence, lowest first (its documentation, "Understanding variable precedence"; what
 * that list calls command line values are no variables). Magic variables stand above all.
 */
export const LEVELS = [
  'role defaults',
  'inventory group vars',
  'inventory group_vars/all',
  'playbook group_vars/all',
  'inventory group_vars/*',
  'playbook group_vars/*',
  'inventory host vars',
  'inventory host_vars/*',
  'playbook host_vars/*',
  'host facts',
  'play vars',
  'play vars_prompt',
  'play vars_files',
  'role vars',
  'block vars',
  'task vars',
  'include_vars',
  'set_fact and register',
  'role params',
  'include params',
  'extra vars',
  'magic variables',
] as const;

/** A level's name. */
export type Level = (typeof LEVELS)[number];

/** A level's number in Ansible's list: 2 for role defaults, 22 for extra vars, 23 for magic variables. */
export function levelNumber(level: Level): number {
  return LEVELS.indexOf(level) + 2;
}

/** Where a layer stands among the levels, and whose it is: `group web`, `role nginx`. */
export type Standing = { readonly level: Level; readonly owner?: string };
