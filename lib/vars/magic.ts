import { dirname } from 'node:path';
import type { Inventory } from '../inventory/inventory.js';
import type { Frame, RoleUse } from '../playbook/tree.js';
import { fromJson } from '../values/convert.js';
import type { Dict, Value } from '../values/value.js';
import { CORE_VERSION } from './core-version.js';
import type { LazyLayer } from './layer.js';

/** What the magic variables of a play tell; lists of host names are in play order. */
export type MagicPlay = {
  readonly name: string;
  readonly file: string;
  /** Hosts of the play that have neither failed nor become unreachable, of the current batch, and all of them. */
  readonly remaining: () => readonly string[];
  readonly batch: () => readonly string[];
  readonly all: readonly string[];
  readonly roles: readonly RoleUse[];
};

/** What the magic variables of a run tell. */
export type MagicRun = {
  readonly inventory: Inventory;
  readonly omit: string;
  readonly check: boolean;
  readonly diff: boolean;
  readonly verbosity: number;
  readonly forks: number;
  readonly limit?: string;
  /** The ansible.cfg that is read, if any. */
  readonly configFile?: string;
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  readonly hostvars: Dict;
  readonly groups: () => Dict;
  readonly searchPath: (frame: Frame | undefined) => readonly string[];
};

/** The place a magic variable is asked from. */
export type MagicPlace = {
  readonly run: MagicRun;
  readonly host: string;
  readonly groups: readonly string[];
  readonly frame?: Frame;
  readonly play?: MagicPlay;
  readonly use?: RoleUse;
};

const list = (items: Iterable<string>): Value => [...items];
const baseName = (use: RoleUse): string => use.role.name;
const fullName = ({ role }: RoleUse): string =>
  role.collection ? `${role.collection}.${role.name}` : role.name;
const roleNames = (play: MagicPlay): string[] => play.roles.map(fullName);
const allDependencies = (use: RoleUse): RoleUse[] =>
  use.dependencies.flatMap((below) => [below, ...allDependencies(below)]);
const dependencyNames = (play: MagicPlay): string[] => [
  ...new Set(play.roles.flatMap((r) => allDependencies(r).map(fullName))),
];
const withDependencies = (play: MagicPlay): string[] => [
  ...new Set([...dependencyNames(play), ...roleNames(play)]),
];

/** Every magic variable by name; undefined means that it does not exist in this place. Names and meanings are Ansible's. */
const MAGIC: Readonly<Record<string, (at: MagicPlace) => Value | undefined>> = {
  inventory_hostname: (at) => at.host,
  inventory_hostname_short: (at) => at.host.split('.')[0]!,
  group_names: (at) => list(at.groups),
  groups: (at) => at.run.groups(),
  hostvars: (at) => at.run.hostvars,
  inventory_dir: (at) => inventoryFile(at) && dirname(inventoryFile(at)!),
  inventory_file: inventoryFile,
  playbook_dir: (at) => at.play && dirname(at.play.file),
  play_hosts: (at) => at.play && list(at.play.batch()),
  ansible_play_hosts: (at) => at.play && list(at.play.remaining()),
  ansible_play_hosts_all: (at) => at.play && list(at.play.all),
  ansible_play_batch: (at) => at.play && list(at.play.batch()),
  ansible_play_name: (at) => at.play?.name,
  ansible_play_role_names: (at) => at.play && list(roleNames(at.play)),
  ansible_role_names: (at) => at.play && list(withDependencies(at.play)),
  role_names: (at) => at.play && list(roleNames(at.play)),
  ansible_dependent_role_names: (at) => at.play && list(dependencyNames(at.play)),
  role_name: (at) => at.use && baseName(at.use),
  ansible_role_name: (at) => at.use && fullName(at.use),
  role_path: (at) => at.use?.role.path,
  ansible_parent_role_names: (at) => at.use && parents(at.use, fullName),
  ansible_parent_role_paths: (at) => at.use && parents(at.use, (u) => u.role.path),
  ansible_collection_name: (at) => at.use && (at.use.role.collection ?? null),
  ansible_check_mode: (at) => at.run.check,
  ansible_diff_mode: (at) => at.run.diff,
  ansible_verbosity: (at) => at.run.verbosity,
  ansible_forks: (at) => at.run.forks,
  ansible_limit: (at) => at.run.limit,
  ansible_run_tags: (at) => list(at.run.tags),
  ansible_skip_tags: (at) => list(at.run.skipTags),
  ansible_config_file: (at) => at.run.configFile ?? null,
  ansible_inventory_sources: (at) => list(at.run.inventory.sources),
  ansible_version: () => fromJson(CORE_VERSION),
  ansible_search_path: (at) => list(at.run.searchPath(at.frame)),
  // The controller has no Python of its own: this is where one would be.
  ansible_playbook_python: () => '/usr/bin/python3',
  omit: (at) => at.run.omit,
};

const NAMES: ReadonlySet<string> = new Set(Object.keys(MAGIC));

function parents(use: RoleUse, what: (use: RoleUse) => string): Value | undefined {
  return use.parents.length > 0 ? list(use.parents.map(what)) : undefined;
}

function inventoryFile(at: MagicPlace): string | undefined {
  return at.run.inventory.hosts.get(at.host)?.pos?.file ?? at.run.inventory.sources[0];
}

/** The magic variables as the topmost layer of a scope. */
export function magicLayer(place: MagicPlace): LazyLayer {
  return { label: 'magic variables', names: namesAt(place), get: (name) => MAGIC[name]?.(place) };
}

const OUTSIDE_ROLES: ReadonlySet<string> = new Set(
  [...NAMES].filter(
    (n) =>
      ![
        'role_name',
        'ansible_role_name',
        'role_path',
        'ansible_parent_role_names',
        'ansible_parent_role_paths',
        'ansible_collection_name',
      ].includes(n),
  ),
);
const IN_ROLE: ReadonlySet<string> = new Set([...NAMES].filter((n) => !n.startsWith('ansible_parent_role')));

/** Which of them exist at a place: those of a role only inside one. */
function namesAt(place: MagicPlace): ReadonlySet<string> {
  if (!place.use) return OUTSIDE_ROLES;
  return place.use.parents.length > 0 ? NAMES : IN_ROLE;
}
