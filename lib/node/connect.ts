import { FfeError } from '../errors/error.js';
import type { Become } from './become.js';
import type { Connection } from './connection.js';
import { runExec } from './exec.js';
import { fitsInline, runInline } from './inline.js';
import { type Place, startRunning } from './running.js';
import { createSessions, lastingShell, type Sessions } from './sessions.js';
import type { Target } from './target.js';
import { download, type Spawn, upload } from './transfer.js';
import type { Transport } from './transport.js';
import { createWallet, type Wallet } from './wallet.js';

export { createWallet, type Wallet } from './wallet.js';

/** `wallet` is shared by all connections of a run; without it files are read and passphrases asked for anew. */
export type ConnectOptions = { readonly wallet?: Wallet };

type Live = { readonly transport: Transport; readonly sessions: Sessions };

/** Makes a connection and waits until it stands. Rejects with code 'unreachable', 'host-key' or 'auth'. */
export async function connect(target: Target, options: ConnectOptions = {}): Promise<Connection> {
  const connection = createConnection(target, options);
  await connection.user();
  return connection;
}

/** A connection that is made on first use. */
export function createConnection(target: Target, options: ConnectOptions = {}): Connection {
  const place = { host: target.name, shell: target.shell };
  const line = createLine(target, place, options.wallet ?? createWallet());
  const session = async (as: Become | undefined) => (await line.live()).sessions.of(as);
  const transport = async () => (await line.live()).transport;
  const at = (become: Become | undefined): Place => ({ ...place, become });
  const spawnAs =
    (as: Become | undefined): Spawn =>
    async (command) =>
      startRunning(await transport(), at(as), command);
  return {
    target,
    user: async () => (await transport()).user,
    shell: async (as) => lastingShell(await session(as), () => session(as)),
    exec: async (command, as) => runExec(await transport(), at(as), command),
    run: async (command, as) =>
      fitsInline(command)
        ? runInline(await session(as), command)
        : runExec(await transport(), at(as), command),
    spawn: (command, as) => spawnAs(as)(command),
    upload: (from, to, how) => upload(spawnAs(how?.as), from, to, how),
    download: (from, to, how) => download(spawnAs(how?.as), from, to, how),
    reset: line.reset,
    close: line.close,
  };
}

type Line = { live(): Promise<Live>; reset(): Promise<void>; close(): Promise<void> };

// What stands at the moment. Callers that come while it is being made share it; one that failed is tried again.
function createLine(target: Target, place: Place, wallet: Wallet): Line {
  let current: Promise<Live> | undefined;
  let closed = false;
  const dial = async (): Promise<Live> => {
    const transport = await wallet.reach(target);
    return { transport, sessions: createSessions(transport, place) };
  };
  const live = async (): Promise<Live> => {
    if (closed) throw new FfeError('unreachable', `${target.name}: the connection was closed`);
    current ??= dial();
    const mine = current;
    const drop = () => {
      if (current === mine) current = undefined;
    };
    const found = await mine.catch((error: unknown) => {
      drop();
      throw error;
    });
    if (found.transport.lost() === undefined) return found;
    drop();
    return live();
  };
  const reset = async () => {
    const ending = current;
    current = undefined;
    const found = await ending?.catch(() => undefined);
    await found?.sessions.close();
    await found?.transport.close();
  };
  return {
    live,
    reset,
    close: () => {
      closed = true;
      return reset();
    },
  };
}
