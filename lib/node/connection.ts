import type { Readable, Writable } from 'node:stream';
import type { Become } from './become.js';
import type { Exec, ExecResult } from './node.js';
import type { Shell } from './shell.js';
import type { Target } from './target.js';

/** How a file travels. `mode` is given to a file that is created (default 0600); `onProgress` gets bytes so far. */
export type Transfer = {
  readonly as?: Become;
  readonly mode?: number;
  readonly onProgress?: (bytes: number) => void;
  readonly signal?: AbortSignal;
};

/** A command that is running; both output streams must be read to their ends. */
export type Running = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** The end: an exit code as a shell says it (128 + number for a signal). Rejects when the connection is lost. */
  readonly done: Promise<{ rc: number; signal?: string }>;
  /** Kills the command and what it started: SIGTERM, then SIGKILL. */
  kill(): Promise<void>;
};

/**
 * The way to one host. It connects on first use, and again on the first use after it was lost; a call that is running
 * when it is lost rejects with code 'unreachable'.
 */
export type Connection = {
  readonly target: Target;
  /** The name of the login user; connects to find out. */
  user(): Promise<string>;
  /** The long-lived shell of a user; the same one every time, as long as it lives. */
  shell(as?: Become): Promise<Shell>;
  /** Runs a command on a channel of its own: it can be killed, and its output streamed. */
  exec(command: Exec, as?: Become): Promise<ExecResult>;
  /** Runs a short command inside the long-lived shell, in one round trip; falls back to `exec` for what needs it. */
  run(command: Exec, as?: Become): Promise<ExecResult>;
  /** Starts a command on a channel of its own and hands out its streams. */
  spawn(command: Pick<Exec, 'argv' | 'line' | 'shell' | 'cwd' | 'env'>, as?: Become): Promise<Running>;
  /** Streams a local file into a file on the node, or back. The directory must exist. */
  upload(from: string, to: string, options?: Transfer): Promise<void>;
  download(from: string, to: string, options?: Transfer): Promise<void>;
  /** Ends the connection and what runs over it; the next use opens it again. */
  reset(): Promise<void>;
  /** Ends the connection for good; later calls reject. */
  close(): Promise<void>;
};
