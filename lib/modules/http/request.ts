import { request as httpRequest, type IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect as tlsConnect } from 'node:tls';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { RunInfo } from '../module.js';
import { openRelay } from './relay.js';

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

function secured(socket: Duplex, request: HttpRequest): Duplex {
  const name = request.url.hostname.replace(/^\[|\]$/g, '');
  const { verify, ca, cert, key, ciphers } = request.trust;
  const servername = /^[\d.]+$|:/.test(name) ? undefined : name;
  return tlsConnect({ socket, servername, host: name, rejectUnauthorized: verify, ca, cert, key, ciphers });
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

/** Sends one request over a connection that starts on the node. Rejects with the words of what went wrong. */
export async function send(
  info: Pick<RunInfo, 'node' | 'become' | 'signal'>,
  request: HttpRequest,
): Promise<HttpAnswer> {
  const { url } = request;
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  const relay = await openRelay(info.node, info.become, url.hostname.replace(/^\[|\]$/g, ''), port);
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
  relay.socket.on('data', alive);
  const socket = url.protocol === 'https:' ? secured(relay.socket, request) : relay.socket;
  try {
    const message = await new Promise<IncomingMessage>((done, fail) => {
      const { hostname: host, pathname, search } = url;
      const sent = httpRequest({
        ...{ host, port, method: request.method, path: pathname + search, setHost: true },
        headers: request.headers,
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
