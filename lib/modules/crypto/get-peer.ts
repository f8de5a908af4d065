import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { connect } from 'node:tls';
import { openRelay } from '../http/relay.js';
import { tunnel } from '../http/request.js';
import type { RunInfo } from '../module.js';

/** Whose certificate is wanted. `ca` is PEM that it must be signed by; without it none is verified. `timeout` in seconds. */
export type PeerWish = {
  readonly host: string;
  readonly port: number;
  readonly serverName?: string;
  readonly ca?: string;
  readonly ciphers?: string;
  readonly proxy?: { readonly host: string; readonly port: number };
  readonly starttls?: 'mysql';
  readonly timeout: number;
};

// A client that asks MySQL for TLS: 32 bytes, number 1, with its abilities, and 33 as the collation (utf8).
const MYSQL_REQUEST = Buffer.concat([Buffer.from('2000000185ae7f000000000121', 'hex'), Buffer.alloc(23)]);

async function askForTls(socket: Duplex): Promise<void> {
  // The server greets first.
  while (socket.read() === null) await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  socket.write(MYSQL_REQUEST);
}

/** How long a server gets to close its side, once it has shown its certificate. */
const PARTING_MS = 300;

async function shake(socket: Duplex, wish: PeerWish): Promise<Buffer> {
  const { ca, ciphers } = wish;
  const name = wish.serverName ?? wish.host;
  const tls = connect({
    ...{ socket, ca, ciphers, host: name, minVersion: 'TLSv1', rejectUnauthorized: ca !== undefined },
    servername: /^[\d.]+$|:/.test(name) ? undefined : name,
    checkServerIdentity: () => undefined,
  });
  await new Promise<void>((done, fail) => {
    tls.once('secureConnect', done);
    for (const stream of [tls, socket]) stream.on('error', fail);
    socket.on('close', () => fail(new Error('the server closed the connection')));
  });
  const { raw } = tls.getPeerCertificate();
  tls.end();
  await Promise.race([once(tls, 'close').catch(() => {}), setTimeout(PARTING_MS)]);
  return raw;
}

/** The certificate of a server in DER, over a connection that starts on the node. Rejects with the words of what went wrong. */
export async function peerCertificate(
  info: Pick<RunInfo, 'node' | 'become'>,
  wish: PeerWish,
): Promise<Buffer> {
  const { host, port, proxy } = wish;
  const relay = await openRelay(info.node, info.become, proxy ?? { host, port });
  const done = new AbortController();
  const late = setTimeout(wish.timeout * 1000, undefined, { signal: done.signal });
  late.then(() => relay.socket.destroy(new Error('timed out'))).catch(() => {});
  try {
    if (proxy) await tunnel(relay.socket, { url: new URL(`https://${host}:${port}`), proxy });
    if (wish.starttls) await askForTls(relay.socket);
    return await shake(relay.socket, wish);
  } catch (error) {
    // What the node said about the connection explains more than the end of the stream.
    await new Promise((done) => setImmediate(done));
    throw new Error(relay.failure() || (error as Error).message);
  } finally {
    done.abort();
    await relay.close();
  }
}
