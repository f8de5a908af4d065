import { existsSync, readFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';
import { lastLines } from './command.js';

/** Whether something at that address greets like an ssh server, within `limit` milliseconds. */
export function greets(address: string, limit = 250): Promise<boolean> {
  return new Promise((done) => {
    const socket = createConnection({ host: address, port: 22 });
    const end = (answer: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      done(answer);
    };
    const timer = setTimeout(end, limit, false);
    socket.once('data', (data) => end(data.toString('latin1').startsWith('SSH-')));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}

/** What a node is waited for by: `alive` tells early that it has died, `limit` is in seconds (default 60). */
export type Awaited = {
  name: string;
  address: string;
  console: string;
  alive: () => boolean;
  limit?: number;
  signal?: AbortSignal;
};

function consoleEnd(file: string): string[] {
  const clean = (text: string) => text.replace(/\x1b\[[0-9;?]*[A-Za-z]|\r/g, '');
  return existsSync(file) ? lastLines(clean(readFileSync(file, 'utf8')), 12) : [];
}

/** Waits until a node's sshd answers; FfeError 'lab' with the end of its console when it does not. */
export async function untilSsh(node: Awaited): Promise<void> {
  const limit = node.limit ?? 60;
  const end = Date.now() + limit * 1000;
  while (!(await greets(node.address))) {
    node.signal?.throwIfAborted();
    const dead = !node.alive();
    if (dead || Date.now() > end) {
      const what = dead ? 'stopped while it was starting' : `did not answer ssh within ${limit} s`;
      throw new FfeError('lab', `node ${node.name} (${node.address}) ${what}`, {
        notes: ['the end of its console:', ...consoleEnd(node.console)],
      });
    }
    await sleep(40);
  }
}
