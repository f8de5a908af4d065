import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { modules } from '../../lib/modules/index.js';
import { moduleTable } from '../../lib/modules/table.js';
import { loadPlaybook } from '../../lib/playbook/load.js';

const root = mkdtempSync(join(tmpdir(), 'ffe-routing-'));
test.after(() => rmSync(root, { recursive: true }));

const COLLECTION = 'collections/ansible_collections/acme/site';
const FILES: Readonly<Record<string, string>> = {
  [`${COLLECTION}/meta/runtime.yml`]: `plugin_routing:
  action:
    say: {redirect: ansible.builtin.debug}
  modules:
    say: {redirect: ansible.builtin.ping}
    alive: {redirect: acme.site.answer}
    answer: {redirect: ansible.builtin.ping}
    round: {redirect: acme.site.round}
    old: {redirect: ansible.builtin.ping, deprecation: {removal_version: 3.0.0, warning_text: use ping}}
    gone: {tombstone: {removal_version: 2.0.0, warning_text: use ansible.builtin.ping}}
`,
  [`${COLLECTION}/roles/inner/tasks/main.yml`]: '- alive:\n',
  [`${COLLECTION}/playbooks/deploy.yml`]:
    '- hosts: localhost\n  roles: [inner]\n  tasks: [{say: {msg: a}}]\n',
};
for (const [name, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

async function load(text: string) {
  writeFileSync(join(root, 'site.yml'), text);
  const { playbook, warnings } = await loadPlaybook('site.yml', { modules: moduleTable(modules), cwd: root });
  const called = playbook.plays.flatMap((play) =>
    play.tasks.map((t) => (t.kind === 'task' ? t.module : t.kind)),
  );
  return { called, warnings: warnings.map((w) => w.text) };
}
const tasks = (...names: string[]): string =>
  `- hosts: localhost\n  tasks:\n${names.map((name) => `    - ${name}:\n`).join('')}`;

test('a collection may send its names elsewhere', async () => {
  assert.equal((await load(tasks('acme.site.say', 'acme.site.alive'))).called, ['debug', 'ping']);
});

test('also short names, where the collection is in force', async () => {
  const { called } = await load(`${tasks('say', 'alive')}  collections: [acme.site]\n`);
  assert.equal(called, ['debug', 'ping']);
});

test('a playbook of a collection is in its collection', async () => {
  assert.equal((await load('- import_playbook: acme.site.deploy\n')).called, ['debug']);
});

test('what goes away is warned of, what is gone is refused', async () => {
  const { called, warnings } = await load(tasks('acme.site.old'));
  assert.equal(called, ['ping']);
  assert.equal(warnings, ['acme.site.old has been deprecated. use ping. (acme.site, in version 3.0.0)']);
  for (const [name, message] of [
    ['acme.site.gone', 'acme.site.gone has been removed. use ansible.builtin.ping.'],
    ['acme.site.round', "'acme.site.round' is neither a module"],
    ['acme.site.nothing', "'acme.site.nothing' is neither a module"],
  ] as const)
    try {
      await load(tasks(name));
      assert.unreachable();
    } catch (error) {
      assert.match(String(error), message);
    }
});

test.run();
