import { AsyncResource } from 'node:async_hooks';
import { spawn } from 'node:child_process';
import { userInfo } from 'node:os';
import type { Readable } from 'node:stream';
import { $ } from 'zx/core';
import type { Channel, Exit, Transport } from './transport.js';

// zx keeps all output of a process to give it back at the end; a shell that lives as long as the run must not.
const forget = (): string[] => Object.assign([], { push: () => 0 });

/** Programs on the controller itself, each in a session of its own, so that it can be killed with all it started. */
export function localTransport(cwd?: string): Transport {
  const open = new Set<Channel>();
  return {
    user: userInfo().username,
    open: async (command) => {
      const channel = spawnOutside(command, cwd ?? process.cwd());
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

// Node's streams to a child are sockets, which cannot be opened by name: `echo x >/dev/stderr` would fail. So each
// goes through a pipe and `cat`, and the exit code through a descriptor of its own. The `cat`s stay for the last words
// of a program that is told to end.
const throughPipes = (command: string) => {
  const relay = (to: string) => `{ trap '' TERM; exec cat ${to}; }`;
  const program = `( exec 2>&8 3>&- 7>&- 8>&-\n${command}\n)`;
  const inner = `{ ${program}; echo $? >&3; } 2>&1 >&7 7>&- 8>&2 2>/dev/null`;
  return `{ { ${inner}; } | ${relay('>&2 3>&- 7>&-')}; } 7>&1 | ${relay('3>&-')}`;
};

function spawnLocal(command: string, cwd: string): Channel {
  const store = { stdout: forget(), stderr: forget(), stdall: forget() };
  const stdio: 'pipe'[] = ['pipe', 'pipe', 'pipe', 'pipe'];
  const options = {
    // zx would start programs where it was loaded itself.
    cwd,
    shell: '/bin/sh',
    prefix: '',
    postfix: '',
    detached: true,
    quiet: true,
    nothrow: true,
  };
  // zx would quote the command as one word.
  const quote = (word: string) => word;
  const child = $({ ...options, spawn, stdio, store, quote })`${throughPipes(command)}`.child;
  const status = child?.stdio[3];
  if (child?.stdin == null || child.stdout == null || child.stderr == null || status == null)
    throw new Error('the local shell has no streams');
  const { stdin, stdout, stderr } = child;
  let exit: Exit = {};
  const exited = new Promise<Exit>((done) => {
    (status as Readable).once('data', (code: Buffer) => {
      exit = { rc: Number(code) };
      done(exit);
    });
    child.once('close', (_code, signal) => {
      if (exit.rc === undefined && signal !== null) exit = { signal };
      done(exit);
    });
    child.once('error', () => done(exit));
  });
  const closed = new Promise<Exit>((done) => {
    for (const event of ['close', 'error']) child.once(event, () => done(exited));
  });
  return {
    stdin,
    stdout,
    stderr,
    exited,
    closed,
    destroy: () => {
      for (const stream of child.stdio) stream?.destroy();
    },
  };
}

// zx hands its options down through async calls. A module that runs `$` with options of its own must not pass them on
// to the shell that serves it, so the shell is started from where no `$` is running.
const spawnOutside = AsyncResource.bind(spawnLocal);
