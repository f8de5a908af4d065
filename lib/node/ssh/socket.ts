import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import type { Endpoint } from './resolve.js';

/** A TCP connection with Nagle's algorithm off from the first byte: the handshake is many small packets. */
export function tcpSocket(endpoint: Endpoint, signal: AbortSignal): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: endpoint.host, port: endpoint.port, noDelay: true, signal });
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

/** The streams of a ProxyCommand. `said` is what it wrote to standard error, for messages. */
export function proxySocket(command: string): { socket: Duplex; said: () => string } {
  const child = spawn('/bin/sh', ['-c', `exec ${command}`], { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-2000);
  });
  const socket = Duplex.from({ readable: child.stdout, writable: child.stdin });
  child.once('error', (error) => socket.destroy(error));
  socket.once('close', () => child.kill());
  return { socket, said: () => said.trim() };
}
