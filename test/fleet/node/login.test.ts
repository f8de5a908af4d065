import { execFileSync, spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Lab, nodeNamed, sshOptions } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import {
  failure,
  keyCopy,
  operatorPassword,
  plainArgs,
  say,
  targetOf,
  withFolder,
  withNode,
} from './reach.js';

const test = fleetSuite('node: login', { nodes: 3 });

const hello = (
  lab: Lab,
  over: Parameters<typeof targetOf>[2],
  ask?: (file: string) => Promise<string | undefined>,
) => withNode(targetOf(lab, 'n1', over), (node) => say(node, 'id -un; hostname'), ask);

test('a key that is encrypted asks for its passphrase, again when it is wrong', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = keyCopy(lab, folder);
    execFileSync('ssh-keygen', ['-q', '-p', '-f', file, '-P', '', '-N', 'right one']);
    const asked: string[] = [];
    const answers = ['wrong', 'right one'];
    const ask = async (name: string) => {
      asked.push(name);
      return answers.shift();
    };
    assert.is(await hello(lab, { identityFiles: [file] }, ask), 'root\nn1\n');
    assert.equal(asked, [file, file]);
    const error = await failure(hello(lab, { identityFiles: [file] }, async () => undefined));
    assert.is(error.code, 'auth');
    assert.match(error.notes.join(), /key .*key \(locked\)/);
  });
});

test('the agent’s keys are used, and with IdentitiesOnly only those that were named', async ({ lab }) => {
  await withFolder(async (folder) => {
    const socket = join(folder, 'agent');
    const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: 'ignore' });
    try {
      for (let tries = 0; tries < 100; tries++) {
        try {
          execFileSync('ssh-add', ['-q', lab.keyFile], {
            env: { ...process.env, SSH_AUTH_SOCK: socket },
            stdio: 'ignore',
          });
          break;
        } catch {
          await new Promise((done) => setTimeout(done, 20));
        }
      }
      const sshArgs = plainArgs(`-o IdentityAgent=${socket}`).replace('-o IdentityAgent=none ', '');
      const missing = await failure(hello(lab, { identityFiles: ['/dev/null/key'], sshArgs }));
      assert.is(missing.message, 'private key /dev/null/key cannot be read (ENOTDIR)');
      const other = join(folder, 'other');
      execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', 'locked', '-f', other]);
      assert.is(await hello(lab, { identityFiles: [other], sshArgs }), 'root\nn1\n');
      const only = `${sshArgs} -o IdentitiesOnly=yes`;
      const error = await failure(hello(lab, { identityFiles: [other], sshArgs: only }));
      assert.match(error.notes.join(), /tried agent, key .*other \(locked\)/);
      const named = keyCopy(lab, folder);
      execFileSync('ssh-keygen', ['-q', '-p', '-f', named, '-P', '', '-N', 'locked']);
      assert.is(await hello(lab, { identityFiles: [named], sshArgs: only }), 'root\nn1\n');
    } finally {
      agent.kill();
    }
  });
});

test('passwords', async ({ lab }) => {
  await withFolder(async (folder) => {
    const other = join(folder, 'other');
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
    const over = { user: 'operator', identityFiles: [other] };
    assert.is(await hello(lab, { ...over, password: operatorPassword(lab) }), 'operator\nn1\n');
    const wrong = await failure(hello(lab, { ...over, password: 'guess-me-not' }));
    assert.is(wrong.code, 'auth');
    assert.match(wrong.message, /n1.*login as operator was refused/);
    assert.match(wrong.notes.join(), /tried key .*other, password/);
    assert.not.match(JSON.stringify({ ...wrong }), /guess-me-not/);
    const none = await failure(hello(lab, over));
    assert.is(none.notes.join(), `tried key ${other}`);
    const only = '-o PasswordAuthentication=no -o KbdInteractiveAuthentication=yes';
    const up = 'for i in $(seq 50); do ss -ltn | grep -q :2223 && break; sleep 0.1; done';
    await onNode(lab, 'n1', `mkdir -p /run/sshd; /usr/sbin/sshd -p 2223 ${only}; ${up}`);
    const there = { ...over, port: 2223, hostKeyChecking: 'off' as const };
    assert.is(await hello(lab, { ...there, password: operatorPassword(lab) }), 'operator\nn1\n');
    const asked = await failure(hello(lab, { ...there, password: 'guess-me-not' }));
    assert.match(asked.notes.join(), /keyboard-interactive/);
  });
});

test('a key can come from a variable', async ({ lab }) => {
  const privateKey = execFileSync('cat', [lab.keyFile], { encoding: 'utf8' });
  assert.is(await hello(lab, { identityFiles: undefined, privateKey }), 'root\nn1\n');
  const error = await failure(hello(lab, { identityFiles: undefined, privateKey: 'nonsense' }));
  assert.is(error.code, 'auth');
});

test('jump hosts, several of them, from -J and from a config file', async ({ lab }) => {
  const [, two, three] = lab.nodes.map((node) => node.address);
  const from = (node: Parameters<Parameters<typeof withNode>[1]>[0]) =>
    say(node, 'echo ${SSH_CONNECTION%% *}; hostname');
  await withNode(targetOf(lab, 'n1', { proxyJump: `root@${two}` }), async (node) => {
    assert.is(await from(node), `${two}\nn1\n`);
  });
  await withNode(
    targetOf(lab, 'n1', { sshArgs: plainArgs(`-J root@${two}:22,root@${three}`) }),
    async (node) => {
      assert.is(await from(node), `${three}\nn1\n`);
    },
  );
  await withFolder(async (folder) => {
    const config = join(folder, 'config');
    writeFileSync(join(folder, 'more'), `Host gate\n  HostName ${two}\n  User root\n`);
    writeFileSync(
      config,
      `Include more\nHost behind\n  HostName ${nodeNamed(lab, 'n1').address}\n  ProxyJump gate\n`,
    );
    const sshArgs = plainArgs().replace('/dev/null', config);
    await withNode(targetOf(lab, 'n1', { host: 'behind', sshArgs }), async (node) => {
      assert.is(await from(node), `${two}\nn1\n`);
    });
  });
  const lost = await failure(withNode(targetOf(lab, 'n1', { proxyJump: `root@${two},nobody@${two}` }), from));
  assert.is(lost.code, 'auth');
});

test('a ProxyCommand, and what it said when it fails', async ({ lab }) => {
  const gate = ['ssh', ...sshOptions(lab), '-W', '%h:%p', `root@${lab.nodes[1]!.address}`].join(' ');
  const sshArgs = plainArgs(`-o 'ProxyCommand=${gate}'`);
  assert.is(await hello(lab, { sshArgs }), 'root\nn1\n');
  const error = await failure(
    hello(lab, { sshArgs: plainArgs("-o ProxyCommand='echo no way >&2; exit 1'") }),
  );
  assert.is(error.code, 'unreachable');
  assert.match(error.notes.join(), /no way/);
});

test('what cannot be reached says why', async ({ lab }) => {
  const refused = await failure(hello(lab, { port: 1 }));
  assert.is(refused.code, 'unreachable');
  assert.match(refused.message, /^n1 \(.*:1\): connection refused$/);
  const name = await failure(hello(lab, { host: 'no-such-host.invalid' }));
  assert.is(name.code, 'unreachable');
  assert.match(name.message, /name/);
  const silent = createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((done) => silent.once('listening', done));
  const port = (silent.address() as AddressInfo).port;
  const late = await failure(hello(lab, { host: '127.0.0.1', port, timeout: 0.3 }));
  assert.is(late.code, 'unreachable');
  assert.match(late.message, /timed out after 0.3 s logging in/);
  silent.close();
  const far = await failure(hello(lab, { host: `${lab.prefix}.222`, timeout: 0.3 }));
  assert.match(far.message, /timed out after 0.3 s connecting|no route to host/);
  const http = createServer((socket) => socket.end('HTTP/1.0 400 Bad\r\n\r\n')).listen(0, '127.0.0.1');
  await new Promise((done) => http.once('listening', done));
  const notSsh = await failure(hello(lab, { host: '127.0.0.1', port: (http.address() as AddressInfo).port }));
  assert.is(notSsh.code, 'unreachable');
  http.close();
});

test('a login shell that prints and warns disturbs nothing', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'echo "echo noise; echo warning >&2" > /home/admin/.bashrc; usermod -s /bin/bash admin',
  );
  await withNode(targetOf(lab, 'n1', { user: 'admin' }), async (node) => {
    const reply = await (await node.shell()).run({ text: 'echo clean' });
    assert.equal([reply.stdout.toString(), reply.stderr.toString()], ['clean\n', '']);
    const result = await node.exec({ argv: ['echo', 'clean'] });
    assert.equal([result.stdout.toString(), result.stderr.toString()], ['clean\n', '']);
  });
});

test.run();
