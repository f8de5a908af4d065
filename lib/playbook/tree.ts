import type { Module } from '../modules/module.js';
import type { Pos } from '../values/position.js';
import type { Raw } from '../values/value.js';

/** Keywords that a play, role, block or task may carry and that its children inherit. */
export type DirectiveName =
  | 'any_errors_fatal'
  | 'become'
  | 'become_exe'
  | 'become_flags'
  | 'become_method'
  | 'become_user'
  | 'check_mode'
  | 'collections'
  | 'connection'
  | 'debugger'
  | 'diff'
  | 'environment'
  | 'ignore_errors'
  | 'ignore_unreachable'
  | 'module_defaults'
  | 'no_log'
  | 'port'
  | 'remote_user'
  | 'run_once'
  | 'throttle'
  | 'timeout'
  | 'delegate_to'
  | 'delegate_facts';

/** A raw keyword value with its place. */
export type At<T = Raw> = { readonly value: T; readonly pos: Pos };

/**
 * What a play, role use, block or task adds to everything inside it. Frames form a chain from the task up to the play;
 * `when` lists and `tags` add up along it, vars nearest win, directives nearest win (environment and
 * module_defaults merge).
 */
export type Frame = {
  readonly kind: 'play' | 'role' | 'block' | 'task' | 'include';
  readonly parent?: Frame;
  readonly directives: ReadonlyMap<DirectiveName, At>;
  readonly when: readonly At[];
  readonly tags: readonly string[];
  readonly vars: ReadonlyMap<string, Raw>;
  /** Handlers that the tasks inside notify, unless they name their own. */
  readonly notify?: readonly At[];
  /** True of a block's body when the block has a `rescue`: failures inside do not end the host's play. */
  readonly rescued?: boolean;
  /** Set on a frame of kind role: which role, and how it was used. */
  readonly role?: RoleUse;
  /** Keywords of a role use or include that were given beside its arguments (role params). */
  readonly params?: ReadonlyMap<string, Raw>;
  readonly pos: Pos;
  /** The file it was written in, for relative paths of includes, files and templates. */
  readonly file: string;
};

/** A loaded role. Tasks are loaded per use (each use has its own frame). */
export type Role = {
  readonly name: string;
  /** Folder of the role. */
  readonly path: string;
  readonly defaults: readonly VarsFile[];
  readonly vars: readonly VarsFile[];
  readonly allowDuplicates: boolean;
  readonly argumentSpecs?: ReadonlyMap<string, Raw>;
  /** Name of the collection it is in, if any. */
  readonly collection?: string;
};

/** Variables of one file. */
export type VarsFile = { readonly file: string; readonly vars: Map<string, Raw> };

/** One use of a role in a play: its own frame, its dependencies run before it. */
export type RoleUse = {
  readonly role: Role;
  readonly frame: Frame;
  /** Roles that depend on this one or include it, nearest first: it sees their variables. */
  readonly dependents: readonly RoleUse[];
  /** Roles that include this one, or what depends on it, nearest first (ansible_parent_role_names). */
  readonly parents: readonly RoleUse[];
  readonly dependencies: readonly RoleUse[];
  readonly tasks: readonly Item[];
  readonly handlers: readonly Item[];
  /** `from` files other than main, part of the identity for "already ran". */
  readonly entry: string;
  /** `public: true`, roles: and import_role: its defaults and vars are seen by the rest of the play. */
  readonly exported: boolean;
};

/** Anything in a task list. */
export type Item = Task | Block | Include | RoleItem | Meta;

/** Keywords about looping. `lookup` is the name behind `with_`; undefined for `loop`. */
export type Loop = {
  readonly items: At;
  readonly lookup?: string;
  readonly control: ReadonlyMap<LoopControlName, At>;
};
export type LoopControlName =
  | 'loop_var'
  | 'index_var'
  | 'label'
  | 'pause'
  | 'extended'
  | 'extended_allitems'
  | 'break_when';

/** What tasks, includes and blocks that stand for tasks have alike. */
export type Common = {
  readonly name?: At;
  readonly frame: Frame;
  readonly pos: Pos;
  readonly loop?: Loop;
  readonly register?: string;
};

/** A module call. `module` is the canonical short name from the module table; `written` what the file says. */
export type Late = {
  readonly name: At;
  /** The task with that module. Throws an FfeError for a name that is no module, and for arguments it does not take. */
  readonly resolve: (name: string) => Task;
};

export type Task = Common & {
  readonly kind: 'task';
  /** `action: "{{ name }}"`: the module is known when the task runs. */
  readonly late?: Late;
  readonly module: string;
  /** The module itself; absent only for tasks that the engine makes. */
  readonly definition?: Module;
  readonly written: string;
  /** Arguments as written; a free-form string is under `_raw_params` with its key=value parts split off where the module allows it. */
  readonly args: ReadonlyMap<string, Raw>;
  /** `args: "{{ dict }}"`: a template that gives further arguments. */
  readonly argsTemplate?: At;
  readonly argsPos: Pos;
  readonly until?: readonly At[];
  readonly retries?: At;
  readonly delay?: At;
  readonly changedWhen?: readonly At[];
  readonly failedWhen?: readonly At[];
  readonly notify: readonly At[];
  readonly async?: At;
  readonly poll?: At;
  /** Handlers only. */
  readonly listen: readonly string[];
  readonly handler: boolean;
};

/** A block; also what a static import becomes (its tasks with the import's keywords around them). */
export type Block = {
  readonly kind: 'block';
  readonly name?: At;
  readonly frame: Frame;
  readonly pos: Pos;
  readonly body: readonly Item[];
  readonly rescue: readonly Item[];
  readonly always: readonly Item[];
  /** True for a block with rescue or always, or written as `block:`; false for an import's wrapper. */
  readonly written: boolean;
};

/** include_tasks and include_role: resolved when they run. `apply` holds keywords for the included tasks. */
export type Include = Common & {
  readonly kind: 'include';
  readonly what: 'tasks' | 'role';
  readonly written: string;
  readonly args: ReadonlyMap<string, Raw>;
  readonly apply?: ReadonlyMap<string, Raw>;
  readonly handler: boolean;
  readonly listen: readonly string[];
  /** Turns the evaluated arguments into tasks; throws FfeError when the file or role is not there or not valid. */
  readonly read: (args: ReadonlyMap<string, unknown>, within?: Frame) => Block | RoleItem;
};

/** A static use of a role among tasks: the play's roles, import_role, a dependency, or what include_role loaded. */
export type RoleItem = {
  readonly kind: 'role';
  readonly use: RoleUse;
  readonly frame: Frame;
  readonly pos: Pos;
};

/** `meta: flush_handlers` and the like. */
export type Meta = Common & {
  readonly kind: 'meta';
  /** `meta`, perhaps with its collection before it. */
  readonly written?: string;
  readonly action: MetaAction;
  readonly handler: boolean;
  readonly listen: readonly string[];
};
export type MetaAction =
  | 'flush_handlers'
  | 'noop'
  | 'refresh_inventory'
  | 'clear_facts'
  | 'clear_host_errors'
  | 'end_play'
  | 'end_host'
  | 'end_batch'
  | 'end_role'
  | 'reset_connection';

/** A play. Raw keywords are evaluated by the engine (they may be templates over extra vars). */
export type Play = {
  readonly name?: At;
  readonly pos: Pos;
  readonly file: string;
  readonly hosts: At;
  readonly frame: Frame;
  readonly keywords: ReadonlyMap<PlayKeyword, At>;
  readonly roles: readonly RoleItem[];
  readonly preTasks: readonly Item[];
  readonly tasks: readonly Item[];
  readonly postTasks: readonly Item[];
  readonly handlers: readonly Item[];
  readonly varsFiles: readonly At[];
  readonly varsPrompt: readonly At<ReadonlyMap<string, Raw>>[];
};
export type PlayKeyword =
  | 'gather_facts'
  | 'gather_subset'
  | 'gather_timeout'
  | 'fact_path'
  | 'strategy'
  | 'serial'
  | 'order'
  | 'force_handlers'
  | 'max_fail_percentage';

/** A loaded playbook, imports resolved. */
export type Playbook = { readonly file: string; readonly plays: readonly Play[] };
