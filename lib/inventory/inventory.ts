import type { Pos } from '../values/position.js';
import type { Raw } from '../values/value.js';

/** Variables as they were written, with the file they come from. Positions hang on the map itself (values/position). */
export type VarBlock = { readonly source: string; readonly vars: Map<string, Raw> };

/** A host of the inventory. `vars` are in order of growing precedence (inventory file, then host_vars beside it). */
export type Host = {
  readonly name: string;
  readonly vars: VarBlock[];
  /** Names of the groups it is directly in. */
  readonly groups: Set<string>;
  readonly pos?: Pos;
  /** True for a localhost that no file names: it is in no group and no pattern but its own name finds it. */
  readonly implicit?: boolean;
};

/** A group. `depth` is the longest way from `all`; `priority` is ansible_group_priority (default 1). */
export type Group = {
  readonly name: string;
  readonly vars: VarBlock[];
  readonly hosts: Set<string>;
  readonly children: Set<string>;
  readonly parents: Set<string>;
  depth: number;
  priority: number;
  readonly pos?: Pos;
};

/** Variables of group_vars and host_vars folders, lowest precedence first; empty for a name without files. */
export type BesideVars = {
  readonly group: (name: string) => readonly VarBlock[];
  readonly host: (name: string) => readonly VarBlock[];
};

/** Ansible's settings of what is done with odd group names, and with patterns that no host fits. */
export type InventoryRules = {
  readonly groupNames: 'always' | 'never' | 'ignore' | 'silently';
  readonly mismatch: 'error' | 'warning' | 'ignore';
};

/**
 * All hosts and groups, in the order of the files. `all` and `ungrouped` always exist. add_host and group_by change it
 * at run time, through the functions of this folder only; `version` grows with every change.
 */
export type Inventory = {
  readonly hosts: Map<string, Host>;
  readonly groups: Map<string, Group>;
  /** Files and folders it was read from. */
  readonly sources: readonly string[];
  readonly rules: InventoryRules;
  /** Names of groups that are called otherwise here. */
  readonly renamed: Set<string>;
  version: number;
  /** The folders beside the sources, for hosts and groups that appear at run time. */
  readonly beside?: BesideVars;
  /** What add_host and group_by did, to be done again when the sources are read anew. */
  readonly changes: ((inventory: Inventory) => void)[];
};
