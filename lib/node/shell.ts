/**
 * The wire's narrow waist: one long-lived POSIX `sh` on a node (or on the controller), as one user.
 * Everything that `queries/`, `actions/` and `facts/` want to happen becomes the text of a script.
 */
export type Shell = {
  /** Runs a script in the shell and waits for its framed reply. Calls queue: one script runs at a time. */
  run(script: Script): Promise<Reply>;
  /** True while the shell can take scripts; false once its connection is lost. */
  readonly alive: boolean;
  /** Ends the shell and everything it started. */
  close(): Promise<void>;
};

/**
 * `text` is sh source, run in a subshell with `set -u` off and `umask 077`. `input` is what the script can read from its
 * standard input, byte-exact, binary-safe; what it leaves unread is drained, so that framing never slips.
 * `timeout` is in seconds: after it the shell is torn down and the run rejects with code 'task'.
 */
export type Script = { text: string; input?: Uint8Array; timeout?: number };

/** What a script left: exit code 0..255, and both streams, byte-exact. */
export type Reply = { rc: number; stdout: Buffer; stderr: Buffer };
