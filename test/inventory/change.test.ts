import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addHost, addToGroup } from '../../lib/inventory/change.js';
import { loadInventory } from '../../lib/inventory/load.js';
import { findHost } from '../../lib/inventory/localhost.js';
import { selectHosts } from '../../lib/inventory/select.js';
import { hostsOf } from '../../lib/inventory/settle.js';
import { inFolder } from './cases.js';

test('add_host makes hosts and groups that patterns find at once', () => {
  const { inventory } = loadInventory(['web1,']);
  const { version } = inventory;
  const { changed } = addHost(inventory, 'new', ['web', 'eu'], new Map([['x', 1]]));
  assert.ok(changed);
  assert.ok(inventory.version > version);
  assert.equal(selectHosts(inventory, 'web:&eu').hosts, ['new']);
  assert.equal(hostsOf(inventory, 'all'), ['web1', 'new']);
  assert.is(inventory.groups.get('web')?.depth, 1);
  assert.not.ok(addHost(inventory, 'new', ['web'], new Map()).changed);
});

test('a host that gets a group leaves ungrouped', () => {
  const { inventory } = loadInventory(['web1,']);
  assert.ok(addToGroup(inventory, 'web1', 'debian'));
  assert.not.ok(addToGroup(inventory, 'web1', 'debian'));
  assert.equal(hostsOf(inventory, 'ungrouped'), []);
  assert.ok(addToGroup(inventory, 'web1', 'debian12', ['debian']));
  assert.equal([...inventory.groups.get('debian')!.children], ['debian12']);
  assert.is(inventory.groups.get('debian12')?.depth, 2);
});

test('new hosts and groups get their group_vars and host_vars', () =>
  inFolder({ 'hosts.ini': 'a\n', 'group_vars/late.yml': 'g: 1\n', 'host_vars/b.yml': 'h: 1\n' }, (dir) => {
    const { inventory } = loadInventory(['hosts.ini'], { cwd: dir });
    addHost(inventory, 'b', ['late'], new Map([['x', 1]]));
    assert.equal(
      inventory.hosts.get('b')!.vars.map((block) => [...block.vars.keys()]),
      [['h'], ['x']],
    );
    assert.is(inventory.groups.get('late')!.vars[0]!.vars.get('g'), 1);
  }));

test('an implicit localhost becomes a real host by add_host', () => {
  const { inventory } = loadInventory(['a,']);
  assert.ok(findHost(inventory, 'localhost')?.implicit);
  assert.is(findHost(inventory, 'elsewhere'), undefined);
  addHost(inventory, 'localhost', [], new Map());
  assert.not.ok(findHost(inventory, 'localhost')?.implicit);
  assert.equal(hostsOf(inventory, 'ungrouped'), ['a', 'localhost']);
});

test.run();
