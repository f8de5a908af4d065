import type { Action, Outcome } from './actions/action.js';
import type { Become } from './become.js';
import type { Connection } from './connection.js';
import type { Answer, Query } from './queries/query.js';

/** A live connection to one host. Everything a module makes happen goes through here. */
export type Node = {
  readonly host: string;
  /** It is this machine, reached without ssh. */
  readonly local: boolean;
  /**
   * Answers queries, from the cache where nothing has happened since; what is missing travels in one round trip,
   * together with everything that was hinted. Answers come in the order of the queries. `actual`: also in check mode
   * what is there, and not what would be after the actions that were expected.
   */
  ask(queries: readonly Query[], as?: Become, actual?: boolean): Promise<Answer[]>;
  /** Whether all of these can be answered from the cache, without a round trip. */
  knows(queries: readonly Query[], as?: Become): boolean;
  /** Queries that will probably be asked soon: they travel along with the next round trip. Never fails. */
  hint(queries: readonly Query[], as?: Become): void;
  /**
   * Performs actions in order in one round trip, stops at the first that fails, then answers `then` freshly in the
   * same trip. Forgets the cached answers that the actions could have changed.
   */
  apply(actions: readonly Action[], then: readonly Query[], as?: Become): Promise<Applied>;
  /**
   * Check mode: from now on answers about paths are what they would be after these actions, which are not performed.
   */
  expect?(actions: readonly Action[]): void;
  /** Runs a command on a channel of its own, so that it can be killed; forgets all cached answers. */
  exec(command: Exec, as?: Become): Promise<ExecResult>;
  /** Runs a short command inside the long-lived shell, in one round trip (`exec` where that cannot be); forgets all cached answers. */
  run(command: Exec, as?: Become): Promise<ExecResult>;
  /** Starts a command on a channel of its own and hands out its streams; forgets all cached answers. */
  spawn: Connection['spawn'];
  /** Copies a file from the node to the controller, or back, as a stream with flat memory. */
  download(from: string, to: string, as?: Become): Promise<void>;
  upload(from: string, to: string, as?: Become): Promise<void>;
  /** Forgets every cached answer. */
  forget(): void;
  /** Closes the connection; the next use opens it again. */
  reset(): Promise<void>;
  close(): Promise<void>;
};

/** `outcomes` has one entry per performed action; when the last one failed, `failed` is its index and `answers` is empty. */
export type Applied = { outcomes: Outcome[]; failed?: number; answers: Answer[] };

/** A command to run: argv (no shell) or a line for `shell` (default /bin/sh). `timeout` in seconds. */
export type Exec = {
  argv?: readonly string[];
  line?: string;
  shell?: string;
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  stdin?: Uint8Array;
  timeout?: number;
  /** Called with output as it arrives. */
  onOutput?: (stream: 'stdout' | 'stderr', chunk: Buffer) => void;
  signal?: AbortSignal;
};

/** `signal` names the signal that ended the command; `timedOut` says that `timeout` did. */
export type ExecResult = { rc: number; stdout: Buffer; stderr: Buffer; signal?: string; timedOut?: boolean };
