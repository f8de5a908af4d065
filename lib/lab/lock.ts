import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { FfeError } from '../errors/error.js';

/** `wait` is the longest time to stand in the queue, in seconds; `what` names the thing in the error. */
export type LockOptions = { wait?: number; what: string; signal?: AbortSignal };

/**
 * Does work while holding an exclusive lock on a file, between processes. The lock lives in a child that ends with its
 * standard input, so it is free again however this process ends.
 */
export async function locked<T>(file: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(file), { recursive: true });
  const wait = String(options.wait ?? 120);
  const holder = spawn('flock', ['-x', '-w', wait, file, 'sh', '-c', 'echo held; exec cat'], {
    stdio: ['pipe', 'pipe', 'ignore'],
    detached: true, // so that Ctrl-C does not free the lock before the cleaning is done
  });
  const gone = once(holder, 'exit');
  const stop = () => holder.kill('SIGTERM');
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    const first = await Promise.race([once(holder.stdout, 'data').then(() => true), gone.then(() => false)]);
    options.signal?.throwIfAborted();
    if (!first)
      throw new FfeError('lab', `${options.what}: another process has held it for ${wait} s`, {
        notes: [file],
      });
    options.signal?.removeEventListener('abort', stop);
    return await work();
  } finally {
    options.signal?.removeEventListener('abort', stop);
    holder.stdin.end();
    await gone;
  }
}
