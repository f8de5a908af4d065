import { constants } from 'node:os';
import { PassThrough, type Readable } from 'node:stream';
import { FfeError } from '../errors/error.js';
import { commandText } from './command-text.js';
import type { Running } from './connection.js';
import type { Lane } from './lane.js';
import type { Exec } from './node.js';
import { reap } from './reap.js';
import { type Program, type Start, start } from './start.js';
import type { Exit, Transport } from './transport.js';

/** Where and as whom: everything of a start but what runs. */
export type Place = Omit<Start, 'body'>;

// The command travels on standard input, line by line, because argv is there for everybody to read. `read` takes no
// byte more than its line, so that the command finds its own input behind.
const READ_COMMAND = `IFS= read -r _n; _s=; while [ "$_n" -gt 0 ]; do IFS= read -r _l; _s="$_s$_l
"; _n=$((_n-1)); done; eval "$_s"`;

/** How long after a program's end its output is waited for, when something it started still holds it. */
const GRACE_MS = 1000;

/** Starts a command on a channel of its own. Rejects with code 'become' or 'unreachable'. */
export async function startRunning(
  transport: Transport,
  place: Place,
  command: Pick<Exec, 'argv' | 'line' | 'shell' | 'cwd' | 'env'>,
): Promise<Running> {
  const program = await start(transport, { ...place, body: READ_COMMAND });
  const { channel, out, err, hello } = program;
  const text = `${commandText(command)}\n`;
  channel.stdin.write(`${text.split('\n').length - 1}\n${text}`);
  const stdout = flow(out, channel.stdout);
  const stderr = flow(err, channel.stderr);
  const finish = async () => {
    try {
      await hello;
      return result(await ended(program), transport, place.host);
    } finally {
      stdout.end();
      stderr.end();
    }
  };
  const done = finish();
  done.catch(() => {}); // it may be lost before anybody waits for its end
  return {
    stdin: channel.stdin,
    stdout,
    stderr,
    done,
    kill: async () => {
      await reap(transport, place, hello);
      channel.destroy();
    },
  };
}

// A reader that is slower than the node makes the node wait: memory stays flat.
function flow(lane: Lane, source: Readable): PassThrough {
  const through = new PassThrough();
  lane.pass((chunk) => {
    // What nobody reads any more is let go: a source paused for it would never come to its end.
    if (!through.destroyed && !through.write(chunk)) source.pause();
  });
  through.on('drain', () => source.resume());
  through.on('close', () => source.resume());
  return through;
}

async function ended(program: Program): Promise<Exit> {
  const { channel } = program;
  const exit = await Promise.race([channel.exited, channel.closed]);
  let timer: NodeJS.Timeout | undefined;
  const quiet = new Promise<void>((done) => {
    const wait = () => {
      clearTimeout(timer);
      // A reader that is slow keeps a stream silent that still has something to say.
      const held = () => channel.stdout.isPaused() || channel.stderr.isPaused();
      timer = setTimeout(() => (held() ? wait() : done()), GRACE_MS);
    };
    for (const stream of [channel.stdout, channel.stderr]) stream.on('data', wait);
    wait();
  });
  await Promise.race([channel.closed, quiet]);
  clearTimeout(timer);
  channel.destroy();
  return exit;
}

function result(exit: Exit, transport: Transport, host: string): { rc: number; signal?: string } {
  if (exit.rc !== undefined) return { rc: exit.rc };
  if (exit.signal !== undefined) {
    const number = constants.signals[exit.signal as NodeJS.Signals] ?? 0;
    return { rc: 128 + number, signal: exit.signal };
  }
  throw (
    transport.lost() ?? new FfeError('unreachable', `${host}: the channel was closed while a command ran`)
  );
}
