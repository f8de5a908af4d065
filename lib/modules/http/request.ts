import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { RunInfo } from '../module.js';
import type { WebProxy } from './proxy.js';
import { openRelay, type Peer } from './relay.js';

/** What is trusted and shown when TLS is spoken: PEM texts. */
export type Trust = {
  readonly verify: boolean;
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly ciphers?: string;
};
/** One request, without redirects. `timeout` in seconds, for the answer's beginning and every pause in it. */
export type HttpRequest = {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  readonly timeout: number;
  readonly trust: Trust;
  readonly decompress: boolean;
  /** A socket of the node's file system instead of the URL's host. */
  readonly unix?: string;
  readonly proxy?: WebProxy;
};
/** An answer whose body is still to come; `close` must be called in the end. */
export type HttpAnswer = {
  readonly status: number;
  readonly reason: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: AsyncIterable<Buffer>;
  close(): Promise<void>;
};

const CLOSED = /^(?:Premature close|socket hang up|The operation was aborted)$/;

async function secured(socket: Duplex, request: HttpRequest): Promise<Duplex> {
  const { connect } = await import('node:tls');
  const name = request.url.hostname.replace(/^\[|\]$/g, '');
  const { verify, ca, cert, key, ciphers } = request.trust;
  const servername = /^[\d.]+$|:/.test(name) ? undefined : name;
  return connect({ socket, servername, host: name, rejectUnauthorized: verify, ca, cert, key, ciphers });
}

function plainHeaders(message: IncomingMessage): Record<string, string> {
  const all = Object.entries(message.headers).map(([name, value]) => [
    name,
    Array.isArray(value) ? value.join(', ') : (value ?? ''),
  ]);
  return Object.fromEntries(all) as Record<string, string>;
}

function decoded(message: IncomingMessage, decompress: boolean): AsyncIterable<Buffer> {
  const coding = decompress ? message.headers['content-encoding'] : undefined;
  if (coding === 'gzip' || coding === 'x-gzip') return message.pipe(createGunzip());
  if (coding === 'deflate') return message.pipe(createInflate());
  return coding === 'br' ? message.pipe(createBrotliDecompress()) : message;
}

const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, '');

function portOf(url: URL): number {
  return Number(url.port || (url.protocol === 'https:' ? 443 : 80));
}

function peerOf({ unix, proxy, url }: HttpRequest): Peer {
  if (unix !== undefined) return { unix };
  return proxy ?? { host: bare(url.hostname), port: portOf(url) };
}

/** Asks a proxy for a way to the server (RFC 9110, 9.3.6). Rejects with the words of its refusal. */
export async function tunnel(
  socket: Duplex,
  { url, proxy }: Pick<HttpRequest, 'url' | 'proxy'>,
): Promise<void> {
  const to = `${url.hostname}:${portOf(url)}`;
  const lets = proxy?.authorization === undefined ? '' : `Proxy-Authorization: ${proxy.authorization}\r\n`;
  socket.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n${lets}\r\n`);
  let said = '';
  while (!said.includes('\r\n\r\n')) {
    const chunk = (socket.read() as Buffer | null) ?? undefined;
    if (chunk) said += chunk.toString('latin1');
    else if (socket.destroyed || socket.readableEnded) break;
    else await Promise.race([once(socket, 'readable'), once(socket, 'close')]);
  }
  if (/^HTTP\/1\.\d 2\d\d/.test(said)) return;
  throw new Error(
    `Tunnel connection failed: ${/^HTTP\/\S+ (.*)/.exec(said)?.[1]?.trim() ?? 'no answer of the proxy'}`,
  );
}

/** What stands in the request line, and the header for a proxy that passes the request on. */
function targetOf({ url, proxy }: HttpRequest): { path: string; headers: Record<string, string> } {
  const path = url.pathname + url.search;
  if (proxy === undefined || url.protocol === 'https:') return { path, headers: {} };
  const lets = proxy.authorization;
  return { path: `http://${url.host}${path}`, headers: lets ? { 'Proxy-Authorization': lets } : {} };
}

/** Sends one request over a connection that starts on the node. Rejects with the words of what went wrong. */
export async function send(
  info: Pick<RunInfo, 'node' | 'become' | 'signal'>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { url } = request;
  // Most runs send no request; the protocol is loaded by those that do.
  const http = await import('node:http');
  const relay = await openRelay(info.node, info.become, peerOf(request));
  const stop = () => relay.socket.destroy(new Error('the request was cancelled'));
  info.signal.addEventListener('abort', stop, { once: true });
  let timer: NodeJS.Timeout | undefined;
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => relay.socket.destroy(new Error('timed out')), request.timeout * 1000);
  };
  const close = async () => {
    clearTimeout(timer);
    info.signal.removeEventListener('abort', stop);
    await relay.close();
  };
  alive();
  try {
    if (request.proxy && url.protocol === 'https:') await tunnel(relay.socket, request);
    relay.socket.on('data', alive);
    const socket = url.protocol === 'https:' ? await secured(relay.socket, request) : relay.socket;
    const target = targetOf(request);
    const message = await new Promise<IncomingMessage>((done, fail) => {
      const sent = http.request({
        ...{ host: url.hostname, port: portOf(url), method: request.method, path: target.path },
        defaultPort: url.protocol === 'https:' ? 443 : 80,
        headers: { ...request.headers, ...target.headers },
        createConnection: () => socket,
      });
      sent.on('response', done);
      sent.on('error', fail);
      socket.on('error', fail);
      sent.end(request.body);
    });
    return {
      status: message.statusCode ?? 0,
      reason: message.statusMessage ?? '',
      headers: plainHeaders(message),
      cookies: message.headers['set-cookie'] ?? [],
      body: decoded(message, request.decompress),
      close,
    };
  } catch (error) {
    // What the node said about the connection explains more than the end of the stream.
    await new Promise((done) => setImmediate(done));
    const words =
      relay.failure() || (error as Error).message.replace(CLOSED, 'the server closed the connection');
    await close();
    throw new Error(words);
  }
}
