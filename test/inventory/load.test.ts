import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeErrors } from '../../lib/errors/error.js';
import type { Inventory } from '../../lib/inventory/inventory.js';
import { loadInventory } from '../../lib/inventory/load.js';
import { selectHosts } from '../../lib/inventory/select.js';
import { toJson } from '../../lib/values/convert.js';
import type { Json, JsonObject } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { inventoryLayers } from '../../lib/vars/inventory-layers.js';
import { inFolder, readCases } from './cases.js';

const cases = readCases(fileURLToPath(new URL('cases.yml', import.meta.url)));
const ORACLE = '/usr/bin/ansible-inventory';

/** Variables of a host, merged by precedence. */
function hostVars(inventory: Inventory, host: string): Json {
  const merged = new Map<string, Value>();
  for (const layer of inventoryLayers(inventory, host, undefined).toReversed())
    for (const [name, value] of layer.vars) merged.set(name, value as Value);
  return toJson(merged);
}

/** An inventory in the form that `ansible-inventory --list` prints; without hosts and groups that are empty. */
function listed(inventory: Inventory): JsonObject {
  const hostvars: JsonObject = {};
  const out: JsonObject = {};
  for (const name of inventory.hosts.keys()) {
    const vars = hostVars(inventory, name) as JsonObject;
    if (Object.keys(vars).length > 0) hostvars[name] = vars;
  }
  for (const group of inventory.groups.values()) {
    const hosts = [...group.hosts].sort();
    const children = [...group.children].sort();
    if (hosts.length > 0 && group.name !== 'all') out[group.name] = { hosts };
    if (children.length > 0) out[group.name] = { ...(out[group.name] as JsonObject), children };
  }
  return { ...out, _meta: { hostvars } };
}

function sortedLists(json: JsonObject): JsonObject {
  for (const group of Object.values(json) as JsonObject[])
    for (const key of ['hosts', 'children']) if (Array.isArray(group[key])) (group[key] as string[]).sort();
  return json;
}

function fails(work: () => unknown): FfeErrors {
  try {
    work();
  } catch (error) {
    assert.instance(error, FfeErrors);
    return error as FfeErrors;
  }
  throw new Error('the inventory was accepted');
}

for (const { name, files, source, patterns, error, oracle } of cases) {
  if (error)
    test(`refused: ${name}`, () =>
      inFolder(files, (dir) => {
        const found = fails(() => loadInventory([source], { cwd: dir })).errors;
        assert.match(found[0]!.message, new RegExp(error));
        if (files[source]) assert.ok(found[0]!.pos, 'an error in a file has a place');
      }));
  else
    test(`read: ${name}`, () =>
      inFolder(files, (dir) => {
        const { inventory } = loadInventory([source], { cwd: dir });
        for (const [pattern, hosts] of Object.entries(patterns ?? {}))
          assert.equal(selectHosts(inventory, pattern).hosts, hosts, `pattern ${pattern}`);
      }));
  if (error || oracle === false) continue;
  test(`as Ansible reads it: ${name}`, () =>
    inFolder(files, (dir) => {
      if (!existsSync(ORACLE)) return console.log('skipped: no ansible-inventory here');
      const text = execFileSync(ORACLE, ['-i', source, '--list'], {
        cwd: dir,
        // TOML first: the reader of INI takes the beginning of such a file before it gives up.
        env: { ...process.env, ANSIBLE_INVENTORY_ENABLED: 'toml,host_list,script,auto,yaml,ini' },
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const theirs = sortedLists(JSON.parse(text.toString()) as JsonObject);
      assert.equal(listed(loadInventory([source], { cwd: dir }).inventory), theirs);
    }));
}

test('errors of all files are reported together', () =>
  inFolder({ 'a.ini': '[x:vars]\na=1\n', 'b.yml': 'web: [1]\n', 'host_vars/h': '- 1\n' }, (dir) => {
    const { errors } = fails(() => loadInventory(['a.ini', 'b.yml', 'h,'], { cwd: dir }));
    assert.is(errors.length, 3);
  }));

test('what is odd is a warning', () =>
  inFolder({ 'hosts.yml': 'web: {hosts: {web: }, host: {a: }}\n' }, (dir) => {
    const { warnings } = loadInventory(['hosts.yml'], { cwd: dir });
    assert.match(warnings[0]!.text, /key 'host' of group 'web' is ignored.*did you mean 'hosts'/);
    assert.match(warnings[1]!.text, /both called 'web'/);
  }));

test('a whole file that is encrypted is opened', () =>
  inFolder({ 'hosts.ini': 'h\n', 'host_vars/h': '$ANSIBLE_VAULT;1.1;AES256\n00\n' }, (dir) => {
    const { inventory } = loadInventory(['hosts.ini'], { cwd: dir, unvault: () => 'secret: 1\n' });
    assert.equal(hostVars(inventory, 'h'), { secret: 1 });
    const sealed = loadInventory(['hosts.ini'], { cwd: dir }).inventory;
    assert.throws(() => hostVars(sealed, 'h'), /encrypted/);
  }));

test('a file of cases with an unknown key is refused', () => {
  assert.throws(() => readCases('x.yml', '- {name: x, sources: y}'), /unknown key 'sources'/);
});

test.run();
