import { AsyncResource } from 'node:async_hooks';
import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { finished } from 'node:stream/promises';
import { $, type Options, type ProcessPromise, type Shell } from 'zx/core';
import { FfeError } from '../errors/error.js';
import type { Become } from './become.js';
import type { Connection, Running } from './connection.js';
import { quote } from './quote.js';

// Stands for "where the login starts": zx would otherwise hand over the controller's own directory.
const HOME = '.';

/**
 * zx's `$` with commands running on the node: they start in the login directory, with the node's environment, in
 * `/bin/sh`; words are quoted for POSIX. It rejects on a non-zero exit code as zx does, with the usual options.
 */
export function dollar(node: Pick<Connection, 'spawn'>, as?: Become): Shell {
  return shellWith({
    spawn: spawner(node, as),
    spawnSync: () => {
      throw new FfeError('unsupported', '$.sync does not work on a node', { hint: 'await $`...` instead' });
    },
    quote,
    shell: '/bin/sh',
    prefix: '',
    postfix: '',
    cwd: HOME,
    env: {},
    detached: false,
    preferLocal: false,
    quiet: true,
  });
}

function shellWith(options: Partial<Options>): Shell {
  const call = (first: TemplateStringsArray | Partial<Options>, ...args: unknown[]) =>
    Array.isArray(first)
      ? onNode($(options)(first as unknown as TemplateStringsArray, ...args), options)
      : shellWith({ ...options, ...(first as Partial<Options>) });
  return call as Shell;
}

// zx ends processes by their local number, and pipes into local ones; here both have to happen on the node.
function onNode(process: ProcessPromise, options: Partial<Options>): ProcessPromise {
  const pipe = process.pipe.bind(process);
  const piped = (to: unknown, ...args: unknown[]): unknown =>
    Array.isArray(to) && 'raw' in to
      ? pipe(shellWith({ ...options, halt: true })(to as unknown as TemplateStringsArray, ...args))
      : pipe(to as string);
  return Object.defineProperties(process, {
    kill: { value: async () => void process.child?.kill() },
    pipe: { value: piped },
  });
}

function spawner(node: Pick<Connection, 'spawn'>, as: Become | undefined): Options['spawn'] {
  // zx hands its options down through async calls: without this a local connection's own `$` would spawn on the node.
  const start = AsyncResource.bind(node.spawn);
  const spawn = (
    line: string,
    _args: unknown,
    options: { cwd?: string; env?: object; signal?: AbortSignal },
  ) => {
    const cwd = options.cwd === HOME ? undefined : options.cwd;
    const started = start({ line, cwd, env: options.env as Record<string, string> }, as);
    return remoteChild(started, options.signal);
  };
  return spawn as unknown as Options['spawn'];
}

function remoteChild(started: Promise<Running>, signal: AbortSignal | undefined): ChildProcess {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  const kill = () => {
    void started.then((running) => running.kill()).catch(() => {});
    return true;
  };
  const child = Object.assign(new EventEmitter(), { stdin, stdout, stderr, kill, pid: undefined });
  signal?.addEventListener('abort', kill, { once: true });
  const follow = async () => {
    const running = await started;
    stdin.pipe(running.stdin);
    running.stdout.pipe(stdout);
    running.stderr.pipe(stderr);
    const { rc, signal: by } = await running.done;
    await Promise.all([finished(stdout), finished(stderr)]);
    const end = [by === undefined ? rc : null, by ?? null];
    child.emit('exit', ...end);
    child.emit('close', ...end);
  };
  follow().catch((error: unknown) => {
    child.emit('error', error);
    child.emit('close', null, null);
  });
  return child as unknown as ChildProcess;
}
