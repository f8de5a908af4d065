import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import type { Endpoint } from './resolve.js';

/** A TCP connection with Nagle's algorithm off from the first byte: the handshake is many small packets. */
export function tcpSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true, signal });
    socket.on('error', reject);
    socket.once('connect', () => resolve(socket));
  });
}

/** The streams of a ProxyCommand. `said` waits for its end (it has lost its streams) and gives its standard error. */
export function proxySocket(command: string): { socket: Duplex; said: () => Promise<string> } {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2000);
  });
  const socket = Duplex.from({ readable: child.stdout, writable: child.stdin });
  socket.on('error', () => {});
  child.once('error', (error) => socket.destroy(error));
  socket.once('close', () => child.kill());
  const ended = once(child, 'close').catch(() => {});
  return { socket, said: () => ended.then(() => said.trim()) };
}
