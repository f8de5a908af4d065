import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { FfeError } from '../errors/error.js';
import type { Frame } from './lane.js';
import { createPending } from './pending.js';
import { reap } from './reap.js';
import { type Request, readRequests, requestText } from './request.js';
import type { Reply, Shell } from './shell.js';
import { type Program, type Start, start } from './start.js';
import type { Channel, Exit, Transport } from './transport.js';

/** A shell that also takes commands of the operator, which may leave processes behind. */
export type Session = Shell & {
  /** Runs a command in a session of its own; when `signal` aborts, the shell is torn down. */
  command(text: string, signal?: AbortSignal): Promise<Reply>;
  /** Ends the shell when nothing runs in it, and waits until its process has ended (5 s at most). */
  leave(): Promise<void>;
};

const leaving = 5000;

type Where = Omit<Start, 'body'>;

/** Opens the long-lived shell of one user. Rejects with code 'become' or 'unreachable'. */
export async function openSession(transport: Transport, where: Where): Promise<Session> {
  const body = readRequests(where.shell ?? '/bin/sh');
  return createSession(transport, where, await start(transport, { ...where, body }));
}

function createSession(transport: Transport, where: Where, { channel, out, err, hello }: Program): Session {
  const failed = (what: string) => new FfeError('task', `${where.host}: ${what}`);
  let end: FfeError | undefined;
  let retired = false;

  const bury = (why: FfeError) => {
    end ??= why;
    pending.failAll(end);
  };
  const kill = async (why: FfeError) => {
    end ??= why;
    await reap(transport, where, hello);
    bury(why);
    channel.destroy();
  };
  const pending = createPending((seconds) => void kill(failed(`timed out after ${seconds} s`)));

  const ask = (request: Request, timeout?: number): Promise<Reply> => {
    if (end !== undefined) return Promise.reject(end);
    const tag = randomBytes(16).toString('hex');
    const frames = Promise.all([out.expect(tag), err.expect(tag)]);
    channel.stdin.write(requestText(request, tag));
    return new Promise((resolve, reject) => {
      const answered = pending.add(reject, timeout);
      void frames.then((both) => {
        answered();
        resolve(toReply(both));
        retired ||= both[0].value.endsWith('.1') || out.strays() + err.strays() > 0;
        if (retired && pending.size === 0) channel.destroy();
      });
    });
  };
  const stop = () => void kill(failed('the command was cancelled'));
  hello.catch(bury);
  // A shell that never came to be has a better reason than its end.
  void channel.closed.then(async (exit) => {
    await hello.catch(bury);
    bury(transport.lost() ?? failed(`the shell ended ${how(exit)}`));
  });

  return {
    get alive() {
      return end === undefined && !retired && transport.lost() === undefined;
    },
    run: (script) => ask({ kind: 'script', text: script.text, input: script.input }, script.timeout),
    command: (text, signal) => untilAborted(() => ask({ kind: 'command', text }), signal, stop),
    leave: async () => {
      if (pending.size > 0 || end !== undefined) return;
      bury(failed('the shell was left'));
      await finish(channel);
    },
    close: async () => {
      const why = new FfeError('unreachable', `${where.host}: the connection was closed`);
      if (pending.size > 0) return kill(why);
      bury(why);
      channel.destroy();
    },
  };
}

// Aborting makes the work fail by what `stop` does to it.
async function untilAborted<T>(work: () => Promise<T>, signal: AbortSignal | undefined, stop: () => void) {
  if (signal?.aborted) stop();
  signal?.addEventListener('abort', stop, { once: true });
  return work().finally(() => signal?.removeEventListener('abort', stop));
}

// Destroying alone would return while the process still runs.
async function finish(channel: Channel): Promise<void> {
  channel.stdin.end();
  const limit = new AbortController();
  const tired = setTimeout(leaving, undefined, { ref: false, signal: limit.signal }).catch(() => {});
  await Promise.race([channel.closed, tired]);
  limit.abort();
  channel.destroy();
}

function toReply([out, err]: [Frame, Frame]): Reply {
  return { rc: Number.parseInt(out.value, 10), stdout: out.data, stderr: err.data };
}

function how(exit: Exit): string {
  if (exit.signal !== undefined) return `while a script ran (${exit.signal})`;
  return exit.rc === undefined ? 'when its channel was closed' : `while a script ran (exit code ${exit.rc})`;
}
