import type { Inventory } from '../inventory/inventory.js';
import type { Module } from '../modules/module.js';
import type { Validated } from '../modules/validate.js';
import type { Node } from '../node/node.js';
import type { At, Block, Frame, Include, Item, Play, RoleItem, RoleUse, Task } from '../playbook/tree.js';
import type { Redactor } from '../secrets/redactor.js';
import type { HostFiles } from '../template/library.js';
import type { Templater } from '../template/templater.js';
import type { JsonObject } from '../values/json.js';
import type { Raw, Value } from '../values/value.js';
import type { FactCache } from '../vars/fact-cache.js';
import type { HostStore } from '../vars/host-store.js';
import type { BesideVars } from '../vars/inventory-layers.js';
import type { Layer } from '../vars/layer.js';
import type { MagicPlay, MagicRun } from '../vars/magic.js';
import type { LayeredScope } from '../vars/scope.js';
import type { ConnectionSettings } from './connect.js';
import type { Effective } from './effective.js';
import type { Event, HostStats, TaskInfo } from './event.js';
import type { RunOptions } from './options.js';
import type { KnownReach } from './reach.js';
import type { InventoryPart } from './scopes.js';

/** An event before the run adds the time. */
export type Timeless = Event extends infer E ? (E extends { time: number } ? Omit<E, 'time'> : never) : never;

/** What a caller gives to a run: everything that reaches outside the engine. */
export type Surroundings = {
  readonly options: RunOptions;
  readonly inventory: Inventory;
  readonly modules: ReadonlyMap<string, Module>;
  readonly templater: Templater;
  readonly redactor: Redactor;
  /** Makes a node for a host; the only place where connections are made. */
  readonly open: (settings: ConnectionSettings) => Promise<Node>;
  readonly unvault: (envelope: string, file?: string) => string;
  /** The same as bytes, for files that need not be text. */
  readonly unvaultBytes?: (envelope: Uint8Array, file?: string) => Uint8Array;
  /** Variables in group_vars and host_vars beside a playbook, by its folder. */
  readonly beside: (dir: string) => BesideVars;
  /** Reads a vars file of templates (vars_files); throws FfeError when it is not there. */
  readonly readVars: (file: string) => ReadonlyMap<string, Raw>;
  readonly listen: (event: Event) => void;
  /** Reads the inventory's sources again (meta refresh_inventory); hosts that the run added stay. */
  readonly refresh?: () => void;
  /** A setting of the configuration, by Ansible's name for it; undefined when there is none. */
  readonly setting?: (name: string) => Value | undefined;
  /** Facts that outlive the run, if they shall. */
  readonly factCache?: FactCache;
  /** Whether facts are variables beside `ansible_facts`; they are unless said otherwise. */
  readonly injectFacts?: boolean;
  /** A dict adds to those of lower precedence instead of taking their place (`hash_behaviour = merge`). */
  readonly mergesDicts?: boolean;
  readonly signal: AbortSignal;
};

/** Everything one run owns; nothing outside it changes while it runs. */
export type Run = Surroundings & {
  readonly emit: (event: Timeless) => void;
  readonly effective: (frame: Frame) => Effective;
  readonly stores: Map<string, HostStore>;
  readonly stats: Map<string, HostStats>;
  /** Hosts that are out for the rest of the run. */
  readonly failed: Set<string>;
  readonly unreachable: Set<string>;
  readonly nodes: Map<string, Promise<Node>>;
  /** Grows whenever something ran whose reach nobody knows; answers from before are stale then, on every node. */
  readonly answers: { epoch: number; readonly places: Map<string, number> };
  /** How hosts were said to become other users, so that it is said once. */
  readonly ways: Set<string>;
  readonly magic: MagicRun;
  readonly files: (frame: Frame | undefined, ahead: boolean) => HostFiles;
  /** Asynchronous work that is done from here; the run waits for it at its end. */
  readonly background: Set<Promise<void>>;
  /** Sessions of the task debugger wait for one another. */
  readonly debugging: { turn: Promise<void> };
  /** Arguments that were validated before, by module and evaluated values. */
  readonly validated: Map<string, Validated>;
  /** Conditions that were warned of. */
  readonly warned: Set<string>;
  readonly custom: { readonly run: JsonObject; readonly hosts: Map<string, JsonObject> };
  /** Things that change as the run goes: task numbers, whether --start-at-task was met, whether --step still asks. */
  /** The play that runs now: hostvars and base folders depend on it. */
  readonly playing: { current: PlayRun | undefined };
  readonly progress: { tasks: number; started: boolean; stepping: boolean };
};

/** One play on its hosts. */
export type PlayRun = {
  readonly run: Run;
  readonly play: Play;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly magic: MagicPlay;
  readonly beside: BesideVars;
  readonly prompts: Layer;
  readonly inventoryOf: (host: string) => InventoryPart;
  readonly exportedLayers: () => { readonly vars: readonly Layer[]; readonly defaults: readonly Layer[] };
  /** A vars_files entry as a host sees it; undefined when its name cannot be known yet. */
  readonly varsFile: (
    at: At,
    scope: LayeredScope,
  ) => { readonly file: string; readonly vars: ReadonlyMap<string, Raw> } | undefined;
  /** Handlers in order of definition, roles' first; include_role adds to them. */
  readonly handlers: Item[];
  /** Identities of the role uses whose handlers are among them. */
  readonly handlerUses: Set<string>;
  /** Names of handlers that could not be templated, and were warned of. */
  readonly unusable: Set<At>;
  /** Role uses whose vars and defaults the whole play sees; `public` includes add to them. */
  readonly exported: RoleUse[];
  readonly ahead: Map<Task, Ahead>;
  readonly infos: Map<Item, TaskInfo>;
  /** Dynamic includes that were loaded, so that hosts share the same tasks. */
  readonly loaded: Map<string, Promise<Block | RoleItem>>;
  readonly includeIds: Map<Include, number>;
  /** Hosts of the batch that runs now. */
  readonly current: { hosts: readonly string[] };
  /** Gives the node the queries of a task and those after it; here because tasks and look-ahead know each other. */
  readonly lookAhead: (host: HostRun, from: Task, node: Node) => void;
  readonly factsTask: { task?: Task };
  readonly ordinals: Map<Include, (Block | RoleItem)[]>;
  /** Hosts that meta end_host took out. */
  readonly removed: Set<string>;
  ended: boolean;
};

/** A task's place in its static list, for look-ahead. */
export type Ahead = { readonly list: readonly Task[]; readonly at: number };

/** One serial batch of a play. */
export type Batch = { readonly play: PlayRun; readonly hosts: HostRun[]; ended: boolean; broken: boolean };

/** A host within a batch. */
export type HostRun = {
  readonly name: string;
  readonly batch: Batch;
  readonly store: HostStore;
  /** Handlers that were notified and have not run yet. */
  readonly notified: Set<Item>;
  /** Identities of role uses that ran to their end. */
  readonly rolesDone: Set<string>;
  /** Uses of roles of which a task was done, not only skipped: only those count as done when they end. */
  readonly rolesBegun: Set<RoleUse>;
  readonly bindings: Map<Frame, ReadonlyMap<string, Value>>;
  /** Connections and become users that were worked out, by the keywords that decide them. */
  readonly reaches: Map<Effective['directives'], KnownReach>;
  /** `active`: works; `failed` and `unreachable` end it; `ended`: meta end_host and the like. */
  state: 'active' | 'failed' | 'unreachable' | 'ended';
};
