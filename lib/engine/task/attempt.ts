import type { FfeError } from '../../errors/error.js';
import type { Module, ModuleResult } from '../../modules/module.js';
import type { Effect } from '../../modules/plan.js';
import type { Task } from '../../playbook/tree.js';
import type { JsonObject } from '../../values/json.js';
import type { Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import type { Effective } from '../effective.js';
import type { TaskInfo } from '../event.js';
import type { HostRun, PlayRun, Run } from '../state.js';

/** A task about to be done on one host, for one loop item. `scope` holds the loop variables. */
export type Attempt = {
  readonly run: Run;
  readonly play: PlayRun;
  readonly host: HostRun;
  readonly task: Task;
  readonly info: TaskInfo;
  readonly module: Module;
  readonly effective: Effective;
  readonly scope: LayeredScope;
  /** Present while looping. */
  readonly item?: LoopItem;
  /** Which try it is, from 1, of a task that may be tried again. */
  readonly tries?: number;
};

/** One item of a loop: its value, what `(item=...)` shows, and the variables that hold for it. */
export type LoopItem = {
  readonly value: Value;
  readonly name: string;
  readonly label: string;
  readonly vars: ReadonlyMap<string, Value>;
  /** What results say of the item beside itself: its index and place, where they were asked for. */
  readonly fields: JsonObject;
  /** The items were written in the playbook: their texts may be conditions. */
  readonly safe: boolean;
};

/** How an attempt ended. `error` is kept for the compiler-like message; `facts` are finished values that JSON would flatten. */
export type Outcome = {
  readonly status: 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable';
  readonly result: ModuleResult;
  readonly effects: readonly Effect[];
  /** What to call the task whose module's name was a template. */
  readonly info?: TaskInfo;
  readonly delegate?: string;
  readonly error?: FfeError;
  readonly reason?: string;
  /** The condition or the arguments could not be evaluated: of a loop, this ends the whole task. */
  readonly early?: boolean;
  /** Evaluated arguments, for effects that keep values as they are (set_fact). */
  readonly given?: ReadonlyMap<string, Value>;
};
