import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadPlaybook } from '../../lib/playbook/load.js';

const root = mkdtempSync(join(tmpdir(), 'ffe-collection-'));
test.after(() => rmSync(root, { recursive: true }));
const playbooks = join(root, 'ansible_collections', 'acme', 'site', 'playbooks');
mkdirSync(playbooks, { recursive: true });
writeFileSync(join(playbooks, 'deploy.yml'), '- hosts: localhost\n');

const load = (name: string) => loadPlaybook(name, { modules: new Map(), cwd: root, collectionsPath: [root] });

test('a playbook of a collection is found by its full name', async () => {
  assert.is((await load('acme.site.deploy')).playbook.file, join(playbooks, 'deploy.yml'));
});

test('a name that the collection does not have is told', async () => {
  try {
    await load('acme.site.nothing');
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), "'acme.site.nothing' was not found");
  }
});

test.run();
