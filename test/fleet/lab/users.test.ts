import { readFileSync } from 'node:fs';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode, tryOnNode } from '../fleet.js';

const test = fleetSuite('lab: what a node is like', { nodes: 2 });

test('a node is booted, named, and has no python', async ({ lab }) => {
  const line = 'hostname; systemctl is-system-running --wait; command -v python3 perl-nothing || echo none';
  assert.is(await onNode(lab, 'n2', line), 'n2\nrunning\nnone\n');
});

test('host keys are verified from the first connection on', async ({ lab }) => {
  const known = readFileSync(lab.knownHosts, 'utf8').trim().split('\n');
  assert.is(known.length, 2);
  const key = (await onNode(lab, 'n1', 'cat /etc/ssh/ssh_host_ed25519_key.pub')).split(' ')[1]!;
  assert.ok(known[0]!.endsWith(key));
});

test('admin becomes root without a password', async ({ lab }) => {
  assert.is(await onNode(lab, 'admin@n1', 'id -un; sudo -n id -un'), 'admin\nroot\n');
});

test('operator becomes root with the password that the lab keeps', async ({ lab }) => {
  assert.is((await tryOnNode(lab, 'operator@n1', 'sudo -n id -un')).rc, 1);
  const password = readFileSync(lab.passwordFile, 'utf8');
  assert.is(await onNode(lab, 'operator@n1', 'sudo -S -p "" id -un', password), 'root\n');
});

test('nodes reach each other, by IPv6 too, and Debian packages', async ({ lab }) => {
  const there = lab.nodes[1]!.address;
  const six = `fd0a:${Number(there.split('.')[1]).toString(16)}00::c`;
  const port = (address: string) => `timeout 5 bash -c 'read -r l < /dev/tcp/${address}/22; echo "$l"'`;
  assert.match(await onNode(lab, 'n1', port(there)), /^SSH-2/);
  assert.match(await onNode(lab, 'n1', port(six)), /^SSH-2/);
  assert.match(
    await onNode(lab, 'n1', 'apt-get install -q -y --no-install-recommends tree && tree --version'),
    /tree v/,
  );
});

test.run();
