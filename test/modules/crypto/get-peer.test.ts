import { readFileSync } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { peerCertificate } from '../../../lib/modules/crypto/get-peer.js';
import { pemBytes } from '../../../lib/modules/crypto/pem.js';
import { createNode } from '../../../lib/node/assemble.js';
import { createConnection } from '../../../lib/node/connect.js';

// A key and its certificate, valid until 2090, that cases of another module have.
const file = new URL('../x509_certificate_pipe/cases.yml', import.meta.url);
const { privatekey_content: key, content: cert } = (
  parse(readFileSync(file, 'utf8')) as { cases: { args: Record<string, string> }[] }
).cases[1]!.args;
const der = pemBytes(cert!, 'CERTIFICATE')!;
const node = createNode(createConnection({ name: 'localhost', connection: 'local' }));
const info = { node, become: undefined };

function secure(socket: Socket, first: (tls: TLSSocket) => void = () => {}): void {
  const tls = new TLSSocket(socket, { isServer: true, secureContext: createSecureContext({ key, cert }) });
  tls.on('error', () => {});
  first(tls);
}

async function listening(
  serve: (socket: Socket) => void,
): Promise<{ port: number; server: Server; open: Set<Socket> }> {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('error', () => {});
    serve(socket);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: (server.address() as AddressInfo).port, server, open };
}

async function withServer(
  serve: (socket: Socket) => void,
  work: (port: number) => Promise<void>,
): Promise<void> {
  const { port, server, open } = await listening(serve);
  try {
    await work(port);
  } finally {
    for (const socket of open) socket.destroy();
    server.close();
  }
}

const wish = (port: number) => ({ host: '127.0.0.1', port, timeout: 10 });

test('a certificate that nobody vouches for, and one that must be vouched for', () =>
  withServer(secure, async (port) => {
    assert.equal(await peerCertificate(info, wish(port)), der);
    assert.equal(await peerCertificate(info, { ...wish(port), ca: cert }), der);
    const other = cert!.replace(/^M.*$/m, '');
    const failure = await peerCertificate(info, { ...wish(port), ca: other }).catch((e: Error) => e.message);
    assert.type(failure, 'string');
  }));

test('MySQL greets, is asked for TLS in 36 bytes, and then hears it', () => {
  const said: Buffer[] = [];
  const greet = (socket: Socket) => {
    socket.write('hello');
    socket.on('data', (piece: Buffer) => {
      said.push(piece);
      if (Buffer.concat(said).length > 36) socket.end();
    });
  };
  return withServer(greet, async (port) => {
    const words = await peerCertificate(info, { ...wish(port), starttls: 'mysql' }).catch(
      (e: Error) => e.message,
    );
    const all = Buffer.concat(said);
    assert.equal([all.readUIntLE(0, 3), all[3], all[12]], [32, 1, 33]);
    // The first record of a handshake (RFC 8446, 5.1).
    assert.equal([all[36], all[37]], [0x16, 3]);
    assert.match(String(words), /closed the connection|disconnected/);
  });
});

test('a proxy is asked for a way', () =>
  withServer(secure, async (port) => {
    const asked: string[] = [];
    const relay = (socket: Socket) =>
      socket.once('data', (request: Buffer) => {
        asked.push(request.toString().split('\r\n')[0]!);
        const onward = connect(port, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        onward.on('error', () => {});
      });
    await withServer(relay, async (proxyPort) => {
      const proxy = { host: '127.0.0.1', port: proxyPort };
      assert.equal(await peerCertificate(info, { ...wish(port), proxy }), der);
      assert.equal(asked, [`CONNECT 127.0.0.1:${port} HTTP/1.1`]);
    });
  }));

test('a server that says nothing is given up, one that speaks something else is told', async () => {
  await withServer(
    () => {},
    async (port) => {
      const words = await peerCertificate(info, { ...wish(port), timeout: 0.3 }).catch(
        (e: Error) => e.message,
      );
      assert.is(words, 'timed out');
    },
  );
  await withServer(
    (socket) => socket.end('SSH-2.0-x\r\n'),
    async (port) => {
      const words = await peerCertificate(info, wish(port)).catch((e: Error) => e.message);
      assert.match(String(words), /wrong version number|closed the connection|packet length/);
    },
  );
});

test.after(() => node.close());
test.run();
