import { FfeError, FfeErrors } from '../errors/error.js';
import type { Module } from '../modules/module.js';
import type { Origin } from '../template/templater.js';
import type { Pos } from '../values/position.js';
import type { Raw, Value } from '../values/value.js';
import type { Unvault } from '../yaml/file.js';
import type { DuplicateKeys } from '../yaml/load.js';
import type { Frame, Item, RoleItem, RoleUse } from './tree.js';

/** What reading a playbook needs from outside. */
export type LoadOptions = {
  /** Modules under every name they go by (modules/table). */
  readonly modules: ReadonlyMap<string, Module>;
  /** Where relative names on the command line start; default: the process's. */
  readonly cwd?: string;
  /** Further folders that hold roles (roles_path). */
  readonly rolesPath?: readonly string[];
  /** Folders that hold `ansible_collections`, besides `collections/` beside the playbook. */
  readonly collectionsPath?: readonly string[];
  /** Opens files that are encrypted as a whole. */
  readonly unvault?: Unvault;
  /** What becomes of keys that are written twice; else they are warned of. */
  readonly duplicates?: DuplicateKeys | undefined;
  /** Evaluates a template that must be known before the run (file names of imports, names of roles, tags). */
  readonly template?: (text: string, frame: Frame | undefined, pos?: Pos) => Value;
  /** Checks a template's syntax and names; throws an FfeError. */
  readonly checkTemplate?: (text: string, kind: 'value' | 'condition', origin: Origin) => void;
  /** Lookups by name, to refuse an unknown `with_`. */
  readonly lookups?: ReadonlyMap<string, unknown>;
  /** Further folders that hold modules (the setting `library`). */
  readonly modulePath?: readonly string[];
  /** Loads a TypeScript module from a `library` folder. Throws an FfeError when it is not one. */
  readonly library?: (file: string) => Module;
  /** Adds the plug-ins of a playbook's or role's folder. Throws an FfeError when one is not valid. */
  readonly plugins?: (dir: string) => void;
};

/** Something odd that does not stop the run. */
export type Warning = { readonly text: string; readonly pos?: Pos };

/** Where a list of tasks stands. `stack` are the files being imported, to refuse circles. */
export type Place = {
  readonly loading: Loading;
  readonly frame: Frame;
  readonly file: string;
  readonly handler: boolean;
  /** True for what a block of the same file holds. */
  readonly grouped?: boolean;
  /** True below an include, which is read while the play runs: the old `include` is not read ahead there. */
  readonly dynamic?: boolean;
  readonly use?: RoleUse;
  readonly stack: readonly string[];
};

/** How a role is to be used: what `roles:`, dependencies, import_role and include_role have alike. */
export type RoleRequest = {
  readonly name: string;
  readonly pos: Pos;
  /** Where the use hangs: its parent frame, and the role it is written in. */
  readonly place: Place;
  readonly frame: Pick<Frame, 'directives' | 'when' | 'tags' | 'vars' | 'params' | 'notify'>;
  readonly from: Readonly<Partial<Record<RolePart, string>>>;
  readonly exported: boolean;
  readonly allowDuplicates?: boolean;
  readonly validate: boolean;
  /** Set for a dependency: the use that depends on it. */
  readonly dependent?: RoleUse;
};
export type RolePart = 'tasks' | 'handlers' | 'vars' | 'defaults';

/**
 * The state of one loading: what was read, and what was found wrong. The two readers close the circle between lists,
 * blocks and roles without a circle of imports.
 */
export type Loading = {
  readonly options: LoadOptions;
  /** The playbook's folder. */
  readonly dir: string;
  /** That folder, and those of the playbooks that import this one: `collections` in them count. */
  readonly dirs: readonly string[];
  readonly errors: FfeError[];
  readonly warnings: Warning[];
  /** The parsed content of a file, read once. Throws an FfeError. */
  readonly read: (file: string) => Raw;
  readonly items: (list: Raw, place: Place) => Item[];
  readonly role: (request: RoleRequest) => RoleItem | undefined;
};

/** Ends the reading of one item whose errors are in the list already. */
export class AlreadyReportedError extends Error {}

/** Runs a part of the loading; its errors are kept and the rest goes on. */
export function attempt<T>(loading: Loading, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FfeErrors) loading.errors.push(...error.errors);
    else if (error instanceof FfeError) loading.errors.push(error);
    else if (!(error instanceof AlreadyReportedError)) throw error;
    return undefined;
  }
}

/** Throws what was found wrong: one error as itself, several together. */
export function settleErrors(loading: Loading): void {
  const [first, ...rest] = unique(loading.errors);
  if (first && rest.length > 0) throw new FfeErrors([first, ...rest]);
  if (first) throw first;
}

/** The errors without those that the same place raised twice (a role used twice is read twice). */
export function unique(errors: readonly FfeError[]): FfeError[] {
  const seen = new Set<string>();
  return errors.filter((error) => {
    const key = `${error.pos?.file}:${error.pos?.line}:${error.pos?.col}:${error.message}`;
    return !seen.has(key) && seen.add(key);
  });
}
