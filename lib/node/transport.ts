import type { Readable, Writable } from 'node:stream';
import type { FfeError } from '../errors/error.js';

/** How a program ended: `rc` or `signal`; both undefined when its channel was lost. */
export type Exit = { readonly rc?: number; readonly signal?: string };

/** A running program and its three streams, on a node or on the controller. */
export type Channel = {
  readonly stdin: Writable;
  readonly stdout: Readable;
  readonly stderr: Readable;
  /** Settles when the program has ended, even when something it started still holds its streams. */
  readonly exited: Promise<Exit>;
  /** Settles when the program has ended and both streams have been read to their ends. */
  readonly closed: Promise<Exit>;
  /** Lets go of the streams; does not kill the program. */
  destroy(): void;
};

/** What can start programs somewhere: an SSH connection, or this machine. */
export type Transport = {
  /** The login user. */
  readonly user: string;
  /** Starts a command line in the login shell. Rejects with code 'unreachable' when the connection is lost. */
  open(command: string): Promise<Channel>;
  /** Why the connection was lost; undefined as long as it lives. */
  lost(): FfeError | undefined;
  /** Ends it. Nothing is left on the controller; programs must have been ended before. */
  close(): Promise<void>;
};
