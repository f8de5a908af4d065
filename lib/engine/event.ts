import type { FfeError } from '../errors/error.js';
import type { JsonObject } from '../values/json.js';
import type { Pos } from '../values/position.js';

/** A task as listeners see it. `name` is templated with the variables of the first host; `path` is `file:line`. */
export type TaskInfo = {
  readonly id: number;
  readonly name: string;
  readonly action: string;
  readonly role?: string;
  readonly handler: boolean;
  readonly check: boolean;
  readonly diff: boolean;
  readonly noLog: boolean;
  readonly pos: Pos;
  readonly tags: readonly string[];
};

/** How a host's task ended. `ignored`: failed, but ignore_errors (or ignore_unreachable) let the host go on. */
export type Status = 'ok' | 'changed' | 'skipped' | 'failed' | 'unreachable';

/** A host's counts, as PLAY RECAP prints them. */
export type HostStats = {
  ok: number;
  changed: number;
  unreachable: number;
  failed: number;
  skipped: number;
  rescued: number;
  ignored: number;
};

/**
 * Everything a run tells the world, in order. Results are already redacted and, under no_log, censored. Times are
 * milliseconds since the run began.
 */
export type Event =
  | { readonly type: 'run-start'; readonly playbooks: readonly string[]; readonly time: number }
  | {
      readonly type: 'playbook-start';
      readonly file: string;
      readonly plays: number;
      readonly time: number;
    }
  | {
      readonly type: 'play-start';
      readonly name: string;
      readonly hosts: readonly string[];
      readonly check: boolean;
      readonly pos: Pos;
      readonly time: number;
    }
  | { readonly type: 'no-hosts-matched'; readonly time: number }
  | { readonly type: 'no-hosts-remaining'; readonly time: number }
  /** Text for the person at the terminal, before something is asked. */
  | { readonly type: 'asking'; readonly text: string; readonly time: number }
  | { readonly type: 'vars-prompt'; readonly name: string; readonly time: number }
  | {
      readonly type: 'task-start';
      readonly task: TaskInfo;
      readonly hosts: readonly string[];
      readonly time: number;
    }
  | { readonly type: 'host-start'; readonly task: TaskInfo; readonly host: string; readonly time: number }
  | {
      readonly type: 'item-result';
      readonly task: TaskInfo;
      readonly host: string;
      readonly delegate?: string;
      readonly status: Status;
      readonly label: string;
      readonly ignored: boolean;
      readonly result: JsonObject;
      readonly time: number;
    }
  | {
      readonly type: 'host-result';
      readonly task: TaskInfo;
      readonly host: string;
      readonly delegate?: string;
      readonly status: Status;
      readonly ignored: boolean;
      readonly loop: boolean;
      readonly reason?: string;
      readonly error?: FfeError;
      readonly result: JsonObject;
      readonly time: number;
    }
  | {
      readonly type: 'retry';
      readonly task: TaskInfo;
      readonly host: string;
      readonly label?: string;
      readonly left: number;
      readonly attempts: number;
      readonly result: JsonObject;
      readonly time: number;
    }
  | {
      readonly type: 'included';
      readonly file: string;
      readonly hosts: readonly string[];
      readonly label?: string;
      readonly time: number;
    }
  | {
      readonly type: 'handler-notified';
      readonly handler: string;
      readonly host: string;
      readonly time: number;
    }
  | {
      readonly type: 'progress';
      readonly task: TaskInfo;
      readonly host: string;
      readonly text: string;
      readonly fraction?: number;
      readonly time: number;
    }
  | {
      readonly type: 'async';
      readonly host: string;
      readonly jid: string;
      readonly state: 'poll' | 'ok' | 'failed';
      readonly time: number;
    }
  /** How a host becomes another user; only at -vvvv. */
  | { readonly type: 'reach'; readonly text: string; readonly host: string; readonly time: number }
  | { readonly type: 'meta'; readonly text: string; readonly host: string; readonly time: number }
  | { readonly type: 'warning'; readonly text: string; readonly pos?: Pos; readonly time: number }
  | { readonly type: 'deprecation'; readonly text: string; readonly time: number }
  | {
      readonly type: 'recap';
      readonly stats: ReadonlyMap<string, HostStats>;
      readonly custom: JsonObject;
      readonly failed: boolean;
      readonly time: number;
    }
  | { readonly type: 'run-end'; readonly time: number };

/** A listener of a run. */
export type Listener = (event: Event) => void;
