import { constants } from 'node:os';
import { FfeError } from '../errors/error.js';
import { commandText } from './command-text.js';
import type { Exec, ExecResult } from './node.js';
import { reap } from './reap.js';
import { type Program, type Start, start } from './start.js';
import type { Exit, Transport } from './transport.js';

/** Where and as whom: everything of a start but what runs. */
export type Place = Omit<Start, 'body'>;

// The command travels on standard input, line by line, because argv is there for everybody to read. `read` takes no
// byte more than its line, so that the command finds its own input behind.
const READ_COMMAND = `IFS= read -r _n; _s=; while [ "$_n" -gt 0 ]; do IFS= read -r _l; _s="$_s$_l
"; _n=$((_n-1)); done; eval "$_s"`;

/** Starts a command on a channel of its own; its standard input is open, its output goes to the program's lanes. */
export async function startExec(transport: Transport, place: Place, command: Exec): Promise<Program> {
  const program = await start(transport, { ...place, body: READ_COMMAND });
  const text = `${commandText(command)}\n`;
  program.channel.stdin.on('error', () => {});
  program.channel.stdin.write(`${text.split('\n').length - 1}\n${text}`);
  return program;
}

/** How long after a program's end its output is waited for, when something it started still holds it. */
const GRACE_MS = 1000;

/** Waits for the end of a program and of its output. */
export async function ended(program: Program): Promise<Exit> {
  const exit = await Promise.race([program.channel.exited, program.channel.closed]);
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise((done) => {
    timer = setTimeout(done, GRACE_MS);
  });
  await Promise.race([program.channel.closed, grace]);
  clearTimeout(timer);
  program.channel.destroy();
  return exit;
}

/** The exit code, as a shell would say it; throws code 'unreachable' when the connection was lost before the end. */
export function exitCode(exit: Exit, transport: Transport, host: string): number {
  if (exit.rc !== undefined) return exit.rc;
  if (exit.signal !== undefined) return 128 + (constants.signals[exit.signal as NodeJS.Signals] ?? 0);
  throw (
    transport.lost() ?? new FfeError('unreachable', `${host}: the channel was closed while a command ran`)
  );
}

/**
 * Runs a command on a channel of its own. After `timeout` it is killed and the result says so (rc 124, as timeout(1));
 * when `signal` aborts, it is killed and the call rejects with code 'task'.
 */
export async function runExec(transport: Transport, place: Place, command: Exec): Promise<ExecResult> {
  command.signal?.throwIfAborted();
  const program = await startExec(transport, place, command);
  const { channel, out, err, hello } = program;
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  const collect = (stream: 'stdout' | 'stderr', into: Buffer[]) => (chunk: Buffer) => {
    into.push(chunk);
    command.onOutput?.(stream, chunk);
  };
  out.pass(collect('stdout', stdout));
  err.pass(collect('stderr', stderr));
  if (command.stdin !== undefined) channel.stdin.write(command.stdin);
  channel.stdin.end();
  let stopped: 'timeout' | 'abort' | undefined;
  const stop = (why: 'timeout' | 'abort') => {
    stopped ??= why;
    void hello
      .then((who) => reap(transport, place, who))
      .catch(() => {})
      .then(() => channel.destroy());
  };
  const onAbort = () => stop('abort');
  command.signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    command.timeout === undefined ? undefined : setTimeout(stop, command.timeout * 1000, 'timeout');
  try {
    await hello;
    const exit = await ended(program);
    if (stopped === 'abort') throw new FfeError('task', `${place.host}: the command was cancelled`);
    const rc = stopped === 'timeout' ? 124 : exitCode(exit, transport, place.host);
    const output = { stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) };
    return { rc, ...output, signal: exit.signal, ...(stopped === 'timeout' ? { timedOut: true } : {}) };
  } finally {
    clearTimeout(timer);
    command.signal?.removeEventListener('abort', onAbort);
  }
}
