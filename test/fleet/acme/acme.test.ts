import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { fleetSuite, onNode } from '../fleet.js';
import { failuresOf, inventoryOf, provision } from '../roles/provision.js';

// Everything is said to a real ACME server, Debian's pebble, on a node without python.
const packages = ['pebble', 'openssl'];
const test = fleetSuite('acme', { nodes: 1, image: { variant: 'minimal', include: packages } });

test('accounts and certificates, by files and by DNS', async ({ lab }) => {
  const inventory = inventoryOf(lab, { groups: { servers: ['n1'] } });
  const ran = await provision(inventory, '-u', 'root', join(import.meta.dirname, 'site.yml'));
  assert.is(ran.code, 0, failuresOf(ran));
  assert.not(`${ran.out}${ran.err}`.includes("it's closed"), 'a passphrase is in the output');
});

test('nothing secret is left behind', async ({ lab }) => {
  const left = await onNode(lab, 'n1', 'ls -A /tmp /root; find / -xdev -name ".ffe-*" 2>/dev/null; true');
  assert.not(/tmp\.|\.ffe-/.test(left), left);
});

test.run();
