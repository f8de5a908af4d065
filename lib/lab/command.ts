import { spawn } from 'node:child_process';
import { FfeError } from '../errors/error.js';

/** How to run a program of this machine: `timeout` in seconds (default 60), `input` for its standard input. */
export type CommandOptions = {
  timeout?: number;
  input?: string;
  signal?: AbortSignal;
  env?: Readonly<Record<string, string>>;
};

type Ended = { code: number | null; signal: string | null; stdout: string; stderr: string };

/** The last `count` lines of a text that are not empty. */
export function lastLines(text: string, count = 5): string[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(-count);
}

function run(argv: readonly string[], options: CommandOptions): Promise<Ended> {
  const [program = '', ...args] = argv;
  const env = { ...process.env, LC_ALL: 'C', ...options.env };
  // Detached: Ctrl-C is for us to handle, and must not cut cleaning short.
  const child = spawn(program, args, { env, detached: true, stdio: 'pipe' });
  const ended = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (chunk: string) => {
      ended[stream] += chunk;
    });
  }
  const kill = (signal: NodeJS.Signals) => {
    if (child.pid && child.exitCode === null && child.signalCode === null) process.kill(-child.pid, signal);
  };
  const stop = () => {
    kill('SIGTERM');
    setTimeout(kill, 10_000, 'SIGKILL').unref();
  };
  const timer = setTimeout(stop, (options.timeout ?? 60) * 1000);
  options.signal?.addEventListener('abort', stop, { once: true });
  child.stdin.on('error', () => {}); // a program may end without reading what it is given
  child.stdin.end(options.input ?? '');
  return new Promise<Ended>((done, fail) => {
    child.on('error', fail);
    child.on('close', (code, signal) => done({ code, signal, ...ended }));
  }).finally(() => {
    clearTimeout(timer);
    options.signal?.removeEventListener('abort', stop);
  });
}

/** Runs a program of this machine and returns its standard output; FfeError 'lab' with its last words when it fails. */
export async function command(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
  options.signal?.throwIfAborted();
  const result = await run(argv, options);
  options.signal?.throwIfAborted();
  if (result.code === 0) return result.stdout;
  const how = result.signal ? `was ended by ${result.signal}` : `ended with ${result.code}`;
  throw new FfeError('lab', `${argv[0]} ${how}`, {
    notes: [argv.join(' '), ...lastLines(result.stderr || result.stdout)],
  });
}

/** Whether a program ends with 0; its output is dropped. */
export async function succeeds(argv: readonly string[]): Promise<boolean> {
  return (await run(argv, {})).code === 0;
}
