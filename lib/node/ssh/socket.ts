import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Endpoint } from './resolve.js';

/** A TCP connection with Nagle's algorithm off from the first byte: the handshake is many small packets. */
export function tcpSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true, signal });
    socket.on('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

// What a ProxyCommand that gave up by itself gets to say why, and what one that was told to end gets to do so.
const GRACE_MS = 1000;

/**
 * The streams of a ProxyCommand. `said` waits for its end (it has lost its streams) and gives its standard error; it
 * waits two seconds at most.
 */
export function proxySocket(command: string): { socket: Duplex; said: () => Promise<string> } {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2000);
  });
  const socket = Duplex.from({ readable: child.stdout, writable: child.stdin });
  socket.on('error', () => {});
  child.once('error', (error) => socket.destroy(error));
  const ended = once(child, 'close').catch(() => {});
  endWith(child, socket);
  return {
    socket,
    said: async () => {
      await Promise.race([ended, sleep(2 * GRACE_MS, undefined, { ref: false })]);
      return said.trim();
    },
  };
}

// The streams may end before the command has written its reason (`echo why >&2` closes its output first), so it is
// killed at once only when the streams were closed from here.
function endWith(child: ChildProcessWithoutNullStreams, socket: Duplex): void {
  let byItself = false;
  const leaving = () => {
    byItself = true;
  };
  child.stdout.once('end', leaving);
  child.stdin.once('error', leaving);
  socket.once('close', () => {
    if (byItself) setTimeout(() => child.kill(), GRACE_MS).unref();
    else child.kill();
  });
}
