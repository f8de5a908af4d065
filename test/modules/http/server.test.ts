import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { type Fetch, fetchUrl } from '../../../lib/modules/http/fetch.js';
import { createNode } from '../../../lib/node/assemble.js';
import { createConnection } from '../../../lib/node/connect.js';

// A real server, asked over the connection that a node has: here the local one.
const node = createNode(createConnection({ name: 'localhost', connection: 'local' }));
const info = { node, become: undefined, signal: AbortSignal.timeout(60_000) };
const open: Server[] = [];

async function serve(listener: RequestListener, path?: string): Promise<Server> {
  const server = createServer(listener);
  open.push(server);
  await new Promise<void>((done) => (path ? server.listen(path, done) : server.listen(0, '127.0.0.1', done)));
  return server;
}

const urlOf = (server: Server, path = '/') =>
  new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`);

const PLAIN: Omit<Fetch, 'url'> = {
  ...{ method: 'GET', headers: {}, timeout: 20, trust: { verify: true }, decompress: true },
  ...{ redirects: 'safe', unredirected: [], forceBasic: false },
};

async function get(url: URL, more: Partial<Fetch> = {}) {
  const { answer } = await fetchUrl(info, { ...PLAIN, url, ...more });
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  await answer.close();
  return { status: answer.status, text: Buffer.concat(chunks).toString('utf8') };
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

function digestIsRight({ headers, method, url }: IncomingMessage): boolean {
  const said = (name: string) =>
    new RegExp(`\\b${name}="?([^",]+)`).exec(headers.authorization ?? '')?.[1] ?? '';
  const [one, two] = [md5('ada:here:secret'), md5(`${method}:${url}`)];
  return said('response') === md5(`${one}:abc:${said('nc')}:${said('cnonce')}:auth:${two}`);
}

test('a digest is given where one is demanded', async () => {
  const server = await serve((request, response) => {
    const right = digestIsRight(request);
    if (!right)
      response.setHeader('WWW-Authenticate', 'Digest realm="here", qop="auth,auth-int", nonce="abc"');
    response.writeHead(right ? 200 : 401).end();
  });
  const login = { user: 'ada', password: 'secret' };
  assert.is((await get(urlOf(server, '/a?b=c'), login)).status, 200);
  assert.is((await get(urlOf(server), { ...login, password: 'other' })).status, 401);
});

test('a password is given where that is demanded', async () => {
  const server = await serve((request, response) => {
    const right = request.headers.authorization === `Basic ${Buffer.from('ada:s:t').toString('base64')}`;
    if (!right) response.setHeader('WWW-Authenticate', 'Basic realm="here"');
    response.writeHead(right ? 200 : 401).end();
  });
  assert.is((await get(urlOf(server), { user: 'ada', password: 's:t' })).status, 200);
  assert.is((await get(urlOf(server))).status, 401);
});

test('a proxy passes a request on, and lets in by a password', async () => {
  const proxy = await serve((request, response) =>
    response.end(`${request.url} ${request.headers['proxy-authorization'] ?? ''}`),
  );
  const { host } = urlOf(proxy);
  const environment = { http_proxy: `http://ada:x@${host}`, no_proxy: 'localhost,.inside.example' };
  const lets = `Basic ${Buffer.from('ada:x').toString('base64')}`;
  assert.is(
    (await get(new URL('http://far.example/p?q'), { environment })).text,
    `http://far.example/p?q ${lets}`,
  );
  const own = await serve((_, response) => response.end('direct'));
  const direct = { http_proxy: host, NO_PROXY: `127.0.0.1` };
  assert.is((await get(urlOf(own), { environment: direct })).text, 'direct');
});

test('a proxy is asked for a way to a server with TLS', async () => {
  const proxy = await serve((_, response) => response.end());
  let asked = '';
  proxy.on('connect', (request, socket) => {
    asked = request.url ?? '';
    socket.end('HTTP/1.1 403 Not you\r\n\r\n');
  });
  const environment = { HTTPS_PROXY: urlOf(proxy).host };
  try {
    await get(new URL('https://far.example/'), { environment });
    assert.unreachable();
  } catch (error) {
    assert.is((error as Error).message, 'Tunnel connection failed: 403 Not you');
  }
  assert.is(asked, 'far.example:443');
});

test('a way that a proxy made is used', async () => {
  const far = await serve((_, response) => response.end());
  const proxy = await serve((_, response) => response.end());
  proxy.on('connect', (_, socket) => {
    const { port } = far.address() as AddressInfo;
    const inner = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 ok\r\n\r\n'));
    inner.pipe(socket).pipe(inner);
    socket.on('error', () => inner.destroy());
    inner.on('error', () => socket.destroy());
  });
  const environment = { https_proxy: urlOf(proxy).host };
  try {
    await get(new URL('https://far.example/'), { environment });
    assert.unreachable();
  } catch (error) {
    // The server speaks no TLS: the words show that TLS was begun with it.
    assert.match((error as Error).message, /wrong version number|SSL|packet length/i);
  }
});

test('a socket of the file system is asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-socket-'));
  try {
    const unix = join(folder, 'a b.sock');
    await serve((request, response) => response.end(`${request.headers.host}${request.url}`), unix);
    assert.is((await get(new URL('http://docker/v1/info'), { unix })).text, 'docker/v1/info');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a body that is read slowly arrives whole, though the server has closed', async () => {
  const body = Buffer.alloc(300_000, 'x');
  const server = await serve((_, response) => response.setHeader('Connection', 'close').end(body));
  for (let n = 0; n < 20; n++) {
    const { answer } = await fetchUrl(info, { ...PLAIN, url: urlOf(server) });
    let length = 0;
    for await (const chunk of answer.body) {
      length += (chunk as Buffer).length;
      await setTimeout(10);
    }
    await answer.close();
    assert.is(length, body.length, `round ${n}`);
  }
});

test.after(async () => {
  for (const server of open) {
    server.closeAllConnections();
    server.close();
  }
  await node.close();
});

test.run();
