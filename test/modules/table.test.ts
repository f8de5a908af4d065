import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { modules } from '../../lib/modules/index.js';
import { defineModule, type Module } from '../../lib/modules/module.js';
import { ok } from '../../lib/modules/plan.js';
import { moduleTable } from '../../lib/modules/table.js';

const table = moduleTable(modules);

function named(name: string, collection?: string, aliases?: string[]): Module {
  return defineModule({
    name,
    collection,
    aliases,
    summary: '',
    args: {},
    returns: {},
    examples: '',
    queries: () => ({}),
    plan: () => ok('nothing'),
  });
}

test('a module is found by its short and its whole names', () => {
  for (const name of ['file', 'ansible.builtin.file', 'ansible.legacy.file'])
    assert.is(table.get(name)?.name, 'file');
  assert.is(table.get('ansible.posix.file'), undefined);
});

test('aliases and other collections', () => {
  const own = moduleTable([
    named('sysctl', 'ansible.posix'),
    named('systemd', undefined, ['systemd_service']),
  ]);
  assert.is(own.get('ansible.posix.sysctl')?.name, 'sysctl');
  assert.is(own.get('ansible.builtin.sysctl'), undefined);
  assert.is(own.get('ansible.builtin.systemd_service')?.name, 'systemd');
});

test('a later module wins, as those of a library folder do', () => {
  const mine = named('file');
  assert.is(moduleTable([...modules, mine]).get('file'), mine);
});

test('no name is taken twice', () => {
  const names = modules.flatMap((m) => [m.name, ...(m.aliases ?? [])]);
  assert.equal(names.length, new Set(names).size);
});

test('every module says what it is for, what its arguments mean, and how it is used', () => {
  for (const m of modules) {
    assert.ok(m.summary.length > 10, `${m.name} has no summary`);
    assert.ok(m.examples.includes(m.name), `${m.name} has no example of itself`);
    for (const [name, arg] of Object.entries(m.args)) {
      assert.ok(arg.doc.length > 3, `${m.name}.${name} is not documented`);
      assert.not(
        arg.required && (arg.default ?? null) !== null,
        `${m.name}.${name} is required and has a default`,
      );
    }
  }
});

test.run();
