import type { ArgSpec } from '../args.js';

/** Arguments that say when a command need not run, and where it runs. */
export const whenArgs = {
  chdir: { type: 'path', doc: 'Directory to change to before.' },
  creates: { type: 'path', doc: 'A path or pattern: when it exists, nothing is run.' },
  removes: { type: 'path', doc: 'A path or pattern: when it does not exist, nothing is run.' },
} as const satisfies ArgSpec;

/** Arguments that command and shell share. */
export const inputArgs = {
  stdin: { type: 'str', doc: 'What the command can read.' },
  stdin_add_newline: { type: 'bool', default: true, doc: 'End `stdin` with a newline.' },
  strip_empty_ends: { type: 'bool', default: true, doc: 'Leave out newlines at the end of what it prints.' },
} as const satisfies ArgSpec;

/** Result fields of modules that run commands. */
export const commandReturns = {
  cmd: 'what was run',
  rc: 'exit code',
  stdout: 'what it printed',
  stderr: 'what it printed as errors',
  stdout_lines: 'stdout by lines',
  stderr_lines: 'stderr by lines',
  start: 'when it began',
  end: 'when it ended',
  delta: 'how long it took',
  msg: 'why it did not run, or failed',
};
