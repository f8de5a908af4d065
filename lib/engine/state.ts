import type { Inventory } from '../inventory/inventory.js';
import type { Module } from '../modules/module.js';
import type { Node } from '../node/node.js';
import type { Play, Task } from '../playbook/tree.js';
import type { Redactor } from '../secrets/redactor.js';
import type { Templater } from '../template/templater.js';
import type { JsonObject } from '../values/json.js';
import type { Raw } from '../values/value.js';
import type { HostStore } from '../vars/host-store.js';
import type { Event, HostStats } from './event.js';
import type { RunOptions } from './options.js';

/** Everything one run owns; nothing outside it changes while it runs. */
export type Run = {
  readonly options: RunOptions;
  readonly inventory: Inventory;
  readonly modules: ReadonlyMap<string, Module>;
  readonly templater: Templater;
  readonly redactor: Redactor;
  readonly baseDir: string;
  /** Emits an event; the run adds the time and redacts. */
  readonly emit: (event: Timeless) => void;
  readonly stores: Map<string, HostStore>;
  readonly stats: Map<string, HostStats>;
  /** Hosts that are out for the rest of the run: failed or unreachable. */
  readonly failed: Set<string>;
  readonly unreachable: Set<string>;
  readonly nodes: Map<string, Promise<Node>>;
  /** Opens a node; the only place where connections are made. */
  readonly open: OpenNode;
  readonly unvault: (envelope: string) => string;
  readonly customStats: { perHost: Map<string, JsonObject>; run: JsonObject };
  readonly warned: Set<string>;
  readonly signal: AbortSignal;
  /** Roles that ran, by host: `allow_duplicates: false` skips the second use within a play. */
  readonly counters: { task: number; started: boolean };
  /** group_vars and host_vars beside the playbook, by folder. */
  readonly playbookVars: (dir: string) => PlaybookVars;
};

/** Variables beside a playbook: per group and per host, lowest precedence first. */
export type PlaybookVars = {
  readonly group: (name: string) => readonly VarBlockLike[];
  readonly host: (name: string) => readonly VarBlockLike[];
};
type VarBlockLike = { readonly source: string; readonly vars: Map<string, Raw> };

/** An event before the run adds the time. */
export type Timeless = Event extends infer E ? (E extends { time: number } ? Omit<E, 'time'> : never) : never;

/** Makes a node for a host from its evaluated connection settings. */
export type OpenNode = (settings: ConnectionSettings) => Promise<Node>;

/** Where and how a host is reached, evaluated from its variables, keywords and the command line. */
export type ConnectionSettings = {
  readonly name: string;
  readonly connection: 'ssh' | 'local';
  readonly host: string;
  readonly port?: number;
  readonly user?: string;
  readonly password?: string;
  readonly privateKeyFile?: string;
  readonly privateKey?: string;
  readonly sshArgs?: string;
  readonly timeout?: number;
  readonly hostKeyChecking?: 'strict' | 'accept-new' | 'off';
  readonly shell?: string;
};

/** One play on its hosts. */
export type PlayRun = {
  readonly run: Run;
  readonly play: Play;
  readonly name: string;
  readonly hosts: readonly string[];
  /** Layers of the play itself: role params are frames', these are vars, vars_files, prompts. */
  readonly vars: PlayVars;
  readonly ahead: ReadonlyMap<Task, Ahead>;
  ended: boolean;
};

/** Variables of the play's own keywords. */
export type PlayVars = {
  readonly prompts: Map<string, Raw>;
  readonly files: (host: string) => ReadonlyMap<string, Raw>;
};

/** A task's place in its static list, for look-ahead. */
export type Ahead = { readonly list: readonly Task[]; readonly at: number };

/** One serial batch of a play. */
export type Batch = {
  readonly play: PlayRun;
  readonly hosts: readonly HostRun[];
  ended: boolean;
};

/** A host within a batch. `notified` holds handlers by identity, `ran` the role uses that finished on it. */
export type HostRun = {
  readonly name: string;
  readonly store: HostStore;
  readonly notified: Set<Task>;
  readonly rolesRun: Set<string>;
  /** Roles whose vars and defaults the rest of the play sees. */
  ended: boolean;
  failed: boolean;
};
