import { $ } from 'zx';
import { FfeError } from '../errors/error.js';

/** How to run a program of this machine: `timeout` in seconds (default 60), `input` for its standard input. */
export type CommandOptions = {
  timeout?: number;
  input?: string;
  signal?: AbortSignal;
  env?: Readonly<Record<string, string>>;
};

/** The last `count` lines of a text that are not empty. */
export function lastLines(text: string, count = 5): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

/** Runs a program of this machine and returns its standard output; FfeError 'lab' with its last words when it fails. */
export async function command(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  const { timeout = 60, input, signal, env } = options;
  const run = $({
    quiet: true,
    nothrow: true,
    timeout: `${timeout}s`,
    env: { ...process.env, LC_ALL: 'C', ...env },
    ...(input === undefined ? {} : { input }),
    ...(signal === undefined ? {} : { signal }),
  });
  const result = await run`${argv}`;
  signal?.throwIfAborted();
  if (result.exitCode === 0) return result.stdout;
  const how = result.signal
    ? `was stopped (${result.signal}, limit ${timeout} s)`
    : `ended with ${result.exitCode}`;
  throw new FfeError('lab', `${argv[0]} ${how}`, {
    notes: [argv.join(' '), ...lastLines(result.stderr || result.stdout)],
  });
}

/** Whether a program ends with 0; its output is dropped. */
export async function succeeds(argv: readonly string[]): Promise<boolean> {
  const run = $({ quiet: true, nothrow: true, timeout: '60s' });
  return (await run`${argv}`).exitCode === 0;
}
