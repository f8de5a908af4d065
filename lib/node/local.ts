import { AsyncResource } from 'node:async_hooks';
import { userInfo } from 'node:os';
import { $ } from 'zx';
import type { Channel, Exit, Transport } from './transport.js';

// zx keeps all output of a process to give it back at the end; a shell that lives as long as the run must not.
const forget = (): string[] => Object.assign([], { push: () => 0 });

/** Programs on the controller itself, each in a session of its own, so that it can be killed with all it started. */
export function localTransport(): Transport {
  const open = new Set<Channel>();
  return {
    user: userInfo().username,
    open: async (command) => {
      const channel = spawnOutside(command);
      open.add(channel);
      void channel.closed.then(() => open.delete(channel));
      return channel;
    },
    lost: () => undefined,
    close: async () => {
      for (const channel of open) channel.destroy();
    },
  };
}

function spawnLocal(command: string): Channel {
  const store = { stdout: forget(), stderr: forget(), stdall: forget() };
  const options = { shell: '/bin/sh', prefix: '', postfix: '', detached: true, quiet: true, nothrow: true };
  // A command in an array and without quoting: zx would otherwise quote it as one word.
  const child = $({ ...options, store, quote: (word: string) => word })`${command}`.child;
  if (child?.stdin == null || child.stdout == null || child.stderr == null)
    throw new Error('the local shell has no streams');
  const { stdin, stdout, stderr } = child;
  stdin.on('error', () => {});
  const exit = (code: number | null, signal: string | null): Exit => ({
    rc: code ?? undefined,
    signal: signal ?? undefined,
  });
  return {
    stdin,
    stdout,
    stderr,
    exited: new Promise((done) => {
      child.once('exit', (code, signal) => done(exit(code, signal)));
      child.once('error', () => done({}));
    }),
    closed: new Promise((done) => {
      child.once('close', (code, signal) => done(exit(code, signal)));
      child.once('error', () => done({}));
    }),
    destroy: () => {
      for (const stream of [stdin, stdout, stderr]) stream.destroy();
    },
  };
}

// zx hands its options down through async calls. A module that runs `$` with options of its own must not pass them on
// to the shell that serves it, so the shell is started from where no `$` is running.
const spawnOutside = AsyncResource.bind(spawnLocal);
