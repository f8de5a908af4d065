import { randomBytes } from 'node:crypto';
import { FfeError } from '../errors/error.js';
import type { Frame } from './lane.js';
import { createPending } from './pending.js';
import { reap } from './reap.js';
import { type Request, readRequests, requestText } from './request.js';
import type { Reply, Shell } from './shell.js';
import { type Program, type Start, start } from './start.js';
import type { Exit, Transport } from './transport.js';

/** A shell that also takes commands of the operator, which may leave processes behind. */
export type Session = Shell & {
  /** Runs a command in a session of its own; when `signal` aborts, the shell is torn down. */
  command(text: string, signal?: AbortSignal): Promise<Reply>;
};

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
  const command = async (text: string, signal?: AbortSignal): Promise<Reply> => {
    const cancelled = () => failed('the command was cancelled');
    const stop = () => void kill(cancelled());
    if (signal?.aborted) throw cancelled();
    signal?.addEventListener('abort', stop, { once: true });
    return ask({ kind: 'command', text }).finally(() => signal?.removeEventListener('abort', stop));
  };
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
    command,
    close: async () => {
      const why = new FfeError('unreachable', `${where.host}: the connection was closed`);
      if (pending.size > 0) return kill(why);
      bury(why);
      channel.destroy();
    },
  };
}

function toReply([out, err]: [Frame, Frame]): Reply {
  return { rc: Number.parseInt(out.value, 10), stdout: out.data, stderr: err.data };
}

function how(exit: Exit): string {
  if (exit.signal !== undefined) return `while a script ran (${exit.signal})`;
  return exit.rc === undefined ? 'when its channel was closed' : `while a script ran (exit code ${exit.rc})`;
}
