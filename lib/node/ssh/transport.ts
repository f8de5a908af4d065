import type { Client, ClientChannel } from 'ssh2';
import type { FfeError } from '../../errors/error.js';
import type { Channel, Exit, Transport } from '../transport.js';
import { lostFailure } from './failure.js';
import type { Endpoint } from './resolve.js';

// sshd allows 10 sessions per connection by default (MaxSessions); more need further connections.
const MAX_CONNECTIONS = 16;

/** Programs on a node, over one connection, or over further ones where sshd allows no more sessions on it. */
export function sshTransport(endpoint: Endpoint, first: Client, dial: () => Promise<Client>): Transport {
  const clients: Client[] = [];
  let lost: FfeError | undefined;
  let more: Promise<void> | undefined;
  const adopt = (client: Client) => {
    clients.unshift(client);
    client.on('error', (error) => {
      lost ??= lostFailure(endpoint, error);
    });
    client.on('close', () => {
      lost ??= lostFailure(endpoint, undefined);
      clients.splice(clients.indexOf(client), 1);
      for (const other of clients) other.destroy();
    });
  };
  const grow = async () => {
    more ??= dial()
      .then(adopt)
      .finally(() => {
        more = undefined;
      });
    await more;
  };
  const open = async (command: string): Promise<Channel> => {
    for (;;) {
      if (lost !== undefined) throw lost;
      const before = clients.length;
      const refusals: unknown[] = [];
      for (const client of [...clients]) {
        const opened = await openOn(client, command).catch((error: unknown) => error);
        if (!(opened instanceof Error)) return adapt(opened as ClientChannel);
        refusals.push(opened);
      }
      if (lost !== undefined) throw lost;
      const full = refusals.every((error) => /open fail/i.test((error as Error).message));
      if (!full || clients.length >= MAX_CONNECTIONS) throw lostFailure(endpoint, refusals[0]);
      if (clients.length === before) await grow();
    }
  };
  adopt(first);
  return {
    user: endpoint.user,
    open,
    lost: () => lost,
    close: async () => {
      lost ??= lostFailure(endpoint, new Error('it was closed'));
      await Promise.all(clients.map(endClient));
    },
  };
}

function openOn(client: Client, command: string): Promise<ClientChannel> {
  return new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });
}

function endClient(client: Client): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => client.destroy(), 500);
    client.once('close', () => {
      clearTimeout(timer);
      resolve();
    });
    client.end();
  });
}

function adapt(channel: ClientChannel): Channel {
  let exit: Exit = {};
  const exited = new Promise<Exit>((done) => {
    channel.once('exit', (code: number | null, signal?: string) => {
      exit = { rc: code ?? undefined, signal };
      done(exit);
    });
    channel.once('close', () => done(exit));
  });
  const ended = new Promise<void>((done) => channel.stderr.once('close', done));
  const closed = new Promise<void>((done) => channel.once('close', () => done()));
  return {
    stdin: channel,
    stdout: channel,
    stderr: channel.stderr,
    exited,
    closed: Promise.all([ended, closed]).then(() => exit),
    destroy: () => {
      channel.close();
      channel.resume();
      channel.stderr.resume();
    },
  };
}
