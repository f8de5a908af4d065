import { FfeError } from '../errors/error.js';
import type { Exec, ExecResult } from './node.js';
import { type Place, startRunning } from './running.js';
import type { Transport } from './transport.js';

/**
 * Runs a command on a channel of its own. After `timeout` it is killed and the result says so (rc 124, as timeout(1));
 * when `signal` aborts, it is killed and the call rejects with code 'task'.
 */
export async function runExec(transport: Transport, place: Place, command: Exec): Promise<ExecResult> {
  const cancelled = () => new FfeError('task', `${place.host}: the command was cancelled`);
  if (command.signal?.aborted) throw cancelled();
  const running = await startRunning(transport, place, command);
  const output = { stdout: [] as Buffer[], stderr: [] as Buffer[] };
  for (const name of ['stdout', 'stderr'] as const) {
    running[name].on('data', (chunk: Buffer) => {
      output[name].push(chunk);
      command.onOutput?.(name, chunk);
    });
  }
  const read = Promise.all([drained(running.stdout), drained(running.stderr)]);
  if (command.stdin !== undefined) running.stdin.write(command.stdin);
  running.stdin.end();
  let stopped: 'timeout' | 'abort' | undefined;
  const stop = (why: 'timeout' | 'abort') => {
    stopped ??= why;
    void running.kill();
  };
  const onAbort = () => stop('abort');
  command.signal?.addEventListener('abort', onAbort, { once: true });
  const timer =
    command.timeout === undefined ? undefined : setTimeout(stop, command.timeout * 1000, 'timeout');
  try {
    const end = await running.done.catch((error: unknown) => {
      if (stopped === undefined) throw error;
      return { rc: 137 };
    });
    if (stopped === 'abort') throw cancelled();
    await read;
    const streams = { stdout: Buffer.concat(output.stdout), stderr: Buffer.concat(output.stderr) };
    return stopped === 'timeout' ? { ...end, rc: 124, ...streams, timedOut: true } : { ...end, ...streams };
  } finally {
    clearTimeout(timer);
    command.signal?.removeEventListener('abort', onAbort);
  }
}

function drained(stream: NodeJS.ReadableStream): Promise<void> {
  return new Promise((done) => stream.once('end', done));
}
