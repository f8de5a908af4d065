import { execFileSync } from 'node:child_process';
import * as fs from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { program } from './program.js';

const dir = fs.mkdtempSync(join(tmpdir(), 'ffe-galaxy-tls-'));
test.after(() => fs.rmSync(dir, { recursive: true }));

/** A repository as git reads it from any web server, behind a certificate that nobody signed but itself. */
async function serve<T>(use: (address: string) => Promise<T>): Promise<T> {
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@y', ...args], {
      cwd: dir,
      stdio: 'ignore',
    });
  git('init', '-q', 'motd');
  fs.mkdirSync(join(dir, 'motd/tasks'));
  fs.writeFileSync(join(dir, 'motd/tasks/main.yml'), '- debug: {msg: hello}\n');
  git('-C', 'motd', 'add', '.');
  git('-C', 'motd', 'commit', '-qm', 'one');
  git('clone', '-q', '--bare', 'motd', 'served/motd.git');
  git('-C', 'served/motd.git', 'update-server-info');
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key',
    '-out',
    'crt',
    '-subj',
    '/CN=localhost',
  ];
  execFileSync('openssl', made, { cwd: dir, stdio: 'ignore' });
  const read = (name: string) => fs.readFileSync(join(dir, name));
  const server = createServer({ key: read('key'), cert: read('crt') }, (request, answer) => {
    const { pathname } = new URL(request.url!, 'https://localhost');
    const file = join(dir, 'served', normalize(pathname));
    const there = fs.existsSync(file) && fs.statSync(file).isFile();
    answer.writeHead(there ? 200 : 404).end(there ? fs.readFileSync(file) : '');
  });
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
  try {
    return await use(`https://localhost:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

test('a git server with a certificate of its own is believed on request only', async () => {
  await serve(async (address) => {
    const words = ['galaxy', 'role', 'install', '-p', 'roles', `git+${address}/motd.git`];
    const refused = await program(words, dir);
    assert.not.equal(refused.code, 0);
    assert.match(refused.err, /cannot be fetched[\s\S]*certificate/);
    assert.not(fs.existsSync(join(dir, 'roles/motd')));
    const taken = await program([...words, '--ignore-certs'], dir);
    assert.is(taken.code, 0, taken.err);
    assert.ok(fs.existsSync(join(dir, 'roles/motd/tasks/main.yml')));
  });
});

test.run();
