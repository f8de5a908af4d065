import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { type Lab, nodeNamed } from '../../../lib/lab/index.js';
import { fleetSuite, onNode } from '../fleet.js';
import { failure, plainArgs, say, targetOf, withFolder, withNode } from './reach.js';

const test = fleetSuite('node: host keys', { nodes: 2 });

const hello = (lab: Lab, over: Parameters<typeof targetOf>[2]) =>
  withNode(targetOf(lab, 'n1', over), (node) => say(node, 'hostname'));

test('a known key is accepted', async ({ lab }) => {
  assert.is(await hello(lab, {}), 'n1\n');
});

test('an unknown key is refused, with its fingerprint and the way to add it', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    writeFileSync(file, '');
    const error = await failure(hello(lab, { knownHostsFiles: [file] }));
    const print = await onNode(lab, 'n1', 'ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub');
    assert.is(error.code, 'host-key');
    assert.ok(error.notes.join().includes(print.split(' ')[1]!));
    assert.match(error.hint ?? '', /ssh-keyscan/);
    assert.is(readFileSync(file, 'utf8'), '');
  });
});

test('a missing known_hosts file is an empty one', async ({ lab }) => {
  const error = await failure(hello(lab, { knownHostsFiles: ['/dev/null/known'] }));
  assert.is(error.code, 'host-key');
});

test('accept-new adds an unknown key once, and strict then knows it', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'sub', 'known');
    const over = { knownHostsFiles: [file] };
    for (let i = 0; i < 2; i++)
      assert.is(await hello(lab, { ...over, hostKeyChecking: 'accept-new' }), 'n1\n');
    assert.is(readFileSync(file, 'utf8').split('\n').length, 2);
    assert.is(await hello(lab, over), 'n1\n');
    const found = execFileSync('ssh-keygen', ['-F', nodeNamed(lab, 'n1').address, '-f', file]);
    assert.ok(found.length > 0);
  });
});

test('names that ssh-keygen -H has hashed are found, and HashKnownHosts writes such names', async ({
  lab,
}) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    copyFileSync(lab.knownHosts, file);
    execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' });
    assert.match(readFileSync(file, 'utf8'), /^\|1\|/);
    assert.is(await hello(lab, { knownHostsFiles: [file] }), 'n1\n');
    const fresh = join(folder, 'fresh');
    const sshArgs = plainArgs(
      `-o HashKnownHosts=yes -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=${fresh}`,
    );
    assert.is(await hello(lab, { sshArgs }), 'n1\n');
    assert.match(readFileSync(fresh, 'utf8'), /^\|1\|/);
    assert.is(await hello(lab, { knownHostsFiles: [fresh] }), 'n1\n');
  });
});

test('a changed key is refused with both fingerprints and the old one’s place', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    const [mine, theirs] = readFileSync(lab.knownHosts, 'utf8').split('\n');
    const wrong = `${mine!.split(' ')[0]} ${theirs!.split(' ').slice(1).join(' ')}`;
    writeFileSync(file, `# a comment\n${wrong}\n`);
    for (const hostKeyChecking of ['strict', 'accept-new'] as const) {
      const error = await failure(hello(lab, { knownHostsFiles: [file], hostKeyChecking }));
      assert.is(error.code, 'host-key');
      assert.match(error.message, /changed/);
      assert.match(error.notes[0]!, new RegExp(`SHA256:\\S+ \\(${file}:2\\)`));
      assert.match(error.notes[1]!, /SHA256:/);
      assert.not(error.notes[0]!.split('SHA256:')[1]!.startsWith(error.notes[1]!.split('SHA256:')[1]!));
    }
    assert.is(await hello(lab, { knownHostsFiles: [file], hostKeyChecking: 'off' }), 'n1\n');
    assert.is(await hello(lab, { sshArgs: plainArgs('-o StrictHostKeyChecking=no') }), 'n1\n');
  });
});

test('a revoked key is refused even though another line knows it', async ({ lab }) => {
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    const [mine] = readFileSync(lab.knownHosts, 'utf8').split('\n');
    writeFileSync(file, `${mine}\n@revoked * ${mine!.split(' ').slice(1).join(' ')}\n`);
    const error = await failure(hello(lab, { knownHostsFiles: [file] }));
    assert.match(error.message, /revoked/);
  });
});

test('another port is another name, and HostKeyAlias names it anew', async ({ lab }) => {
  await onNode(
    lab,
    'n1',
    'mkdir -p /run/sshd; /usr/sbin/sshd -p 2222; for i in $(seq 50); do ss -ltn | grep -q :2222 && break; sleep 0.1; done',
  );
  const { address } = nodeNamed(lab, 'n1');
  const error = await failure(hello(lab, { port: 2222 }));
  assert.is(error.code, 'host-key');
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    const text = readFileSync(lab.knownHosts, 'utf8').split('\n')[0]!;
    writeFileSync(file, text.replace(/^\S+/, `[${address}]:2222`));
    assert.is(await hello(lab, { port: 2222, knownHostsFiles: [file] }), 'n1\n');
    const sshArgs = plainArgs('-o HostKeyAlias=box -p 2222');
    writeFileSync(file, text.replace(/^\S+/, '[box]:2222'));
    assert.is(await hello(lab, { sshArgs, knownHostsFiles: [file] }), 'n1\n');
  });
});

test('of several host keys the known one is asked for', async ({ lab }) => {
  const make = 'ssh-keygen -q -t ecdsa -N "" -f /etc/ssh/other_key';
  const up = 'for i in $(seq 50); do ss -ltn | grep -q :2224 && break; sleep 0.1; done';
  await onNode(
    lab,
    'n1',
    `${make}; /usr/sbin/sshd -p 2224 -h /etc/ssh/ssh_host_ed25519_key -h /etc/ssh/other_key; ${up}`,
  );
  const key = (await onNode(lab, 'n1', 'cat /etc/ssh/other_key.pub')).trim();
  await withFolder(async (folder) => {
    const file = join(folder, 'known');
    writeFileSync(file, `[${nodeNamed(lab, 'n1').address}]:2224 ${key}\n`);
    assert.is(await hello(lab, { port: 2224, knownHostsFiles: [file] }), 'n1\n');
  });
});

test.run();
