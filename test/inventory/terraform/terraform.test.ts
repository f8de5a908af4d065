import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { loadInventory } from '../../../lib/inventory/load.js';
import { selectHosts } from '../../../lib/inventory/select.js';
import { toJson } from '../../../lib/values/convert.js';
import type { Json, JsonObject } from '../../../lib/values/json.js';
import type { Value } from '../../../lib/values/value.js';
import { inventoryLayers } from '../../../lib/vars/inventory-layers.js';
import { inProcess } from '../../cli/program.js';
import { inFolder } from '../cases.js';

type Given = { module?: string; type: string; name: string; index?: number; attributes: JsonObject };
type Case = {
  name: string;
  file?: string;
  text?: string;
  resources?: Given[];
  hosts?: Record<string, string | null>;
  groups?: Record<string, string[]>;
  vars?: Record<string, JsonObject>;
  warned?: string[];
  error?: string;
};
const KEYS = ['name', 'file', 'text', 'resources', 'hosts', 'groups', 'vars', 'warned', 'error'];
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const CASES = parse(readFileSync(here('state.cases.yaml'), 'utf8')) as Case[];

type Loaded = ReturnType<typeof loadInventory>;

function varsOf({ inventory }: Loaded, host: string): JsonObject {
  const merged = new Map<string, Value>();
  for (const layer of inventoryLayers(inventory, host, undefined).toReversed())
    for (const [name, value] of layer.vars) merged.set(name, value as Value);
  return toJson(merged) as JsonObject;
}

function stateOf(resources: readonly Given[]): string {
  const written = resources.map(({ module, type, name, index, attributes }) => ({
    ...(module === undefined ? {} : { module }),
    mode: 'managed',
    type,
    name,
    instances: [{ ...(index === undefined ? {} : { index_key: index }), attributes }],
  }));
  return JSON.stringify({ version: 4, terraform_version: '1.5.7', resources: written });
}

function checkLoaded(one: Case, loaded: Loaded): void {
  if (one.hosts !== undefined) {
    const names = [...loaded.inventory.hosts.keys()];
    const addresses = names.map((name) => [name, varsOf(loaded, name).ansible_host ?? null]);
    assert.equal(Object.fromEntries(addresses), one.hosts);
  }
  for (const [group, members] of Object.entries(one.groups ?? {}))
    assert.equal(selectHosts(loaded.inventory, group).hosts, members, group);
  for (const [host, vars] of Object.entries(one.vars ?? {}))
    for (const [name, value] of Object.entries(vars)) assert.equal(varsOf(loaded, host)[name], value as Json);
  assert.is(loaded.warnings.length, one.warned?.length ?? 0, JSON.stringify(loaded.warnings));
  for (const [i, text] of (one.warned ?? []).entries())
    assert.ok(loaded.warnings[i]!.text.startsWith(text), loaded.warnings[i]!.text);
}

for (const one of CASES)
  test(one.name, () => {
    for (const key of Object.keys(one)) assert.ok(KEYS.includes(key), key);
    const file = one.file ?? 'terraform.tfstate';
    inFolder({ [file]: one.text ?? stateOf(one.resources ?? []) }, (cwd) => {
      const load = (): Loaded => loadInventory([file], { cwd });
      if (one.error === undefined) checkLoaded(one, load());
      else assert.throws(load, (e: Error) => e.message.includes(one.error!));
    });
  });

test('a whole state: every provider, modules, deposed instances, data, secrets', () => {
  const loaded = loadInventory([here('terraform.tfstate')]);
  const address = (name: string): Json | undefined => varsOf(loaded, name).ansible_host;
  const hosts = [
    'lb-1',
    'lb-2',
    'db-a',
    'db-b',
    'web1',
    'cache-1',
    'worker-1',
    'jump',
    'mon',
    'lab-0',
    'store',
    'old',
  ];
  assert.equal([...loaded.inventory.hosts.keys()], hosts);
  const addresses =
    '198.51.100.10 198.51.100.11 10.0.1.21 198.51.100.50 203.0.113.5 203.0.113.6 203.0.113.7 203.0.113.8 10.5.0.9 192.168.122.5 192.0.2.9';
  assert.equal(hosts.slice(0, -1).map(address), addresses.split(' '));
  assert.is(varsOf(loaded, 'jump').ansible_user, 'azureuser');
  assert.equal(varsOf(loaded, 'lb-1').terraform_outputs, {
    db_port: 5432,
    subnets: ['10.0.1.0/24', '10.0.2.0/24'],
  });
  assert.is((varsOf(loaded, 'lb-2').terraform as JsonObject).address, 'module.edge.aws_instance.lb[1]');
  assert.is((varsOf(loaded, 'old').terraform as JsonObject).id, 'pve1/qemu/101');
  assert.equal(selectHosts(loaded.inventory, 'edge').hosts, ['web1']);
  assert.is(varsOf(loaded, 'web1').http_port, '8080');
  assert.equal(
    loaded.warnings.map(({ text }) => text),
    ['the state has no address of proxmox_vm_qemu.old'],
  );
});

test('--from prints an inventory that says the same', async () => {
  const from = ['--from', here('terraform.tfstate')];
  const { code, out } = await inProcess(['inventory', ...from], '.');
  assert.is(code, 0);
  await inFolder({ 'kept.yml': out }, async (cwd) => {
    const kept = await inProcess(['inventory', '-i', 'kept.yml', '--list'], cwd);
    const direct = await inProcess(['inventory', ...from, '--list'], '.');
    const sorted = (text: string): Json =>
      JSON.parse(text, (_, v: unknown) => (Array.isArray(v) ? [...v].sort() : v)) as Json;
    assert.equal(sorted(kept.out), sorted(direct.out));
    assert.is(direct.err.match(/WARNING/g)?.length, 1);
  });
});

test("the plug-in of Ansible's collection finds the state of a project", () => {
  const files = {
    'inv.yml': 'plugin: cloud.terraform.terraform_provider\nproject_path: infra\n',
    'gone.yml': 'plugin: cloud.terraform.terraform_provider\nproject_path: other\n',
    'infra/terraform.tfstate': readFileSync(here('terraform.tfstate'), 'utf8'),
  };
  inFolder(files, (cwd) => {
    const { inventory } = loadInventory(['inv.yml'], { cwd });
    assert.equal([...inventory.hosts.keys()], ['web1']);
    assert.throws(() => loadInventory(['gone.yml'], { cwd }), /there is no Terraform state/);
  });
});

test.run();
