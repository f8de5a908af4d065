import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';

type Given = { dir: string };
const test = suite<Given>('plug-ins', { dir: '' });
test.before.each((given) => {
  given.dir = mkdtempSync(join(tmpdir(), 'ffe-plugins-'));
});
test.after.each((given) => rmSync(given.dir, { recursive: true, force: true }));

async function played(dir: string, files: Record<string, string>): Promise<{ rc: number; out: string }> {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  const parts: string[] = [];
  const keep = (text: string) => void parts.push(text);
  const rc = await main(['-i', 'localhost,', join(dir, 'site.yml')], { out: keep, err: keep, colour: false });
  return { rc, out: parts.join('') };
}

const play = (task: string): string =>
  `- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n    - ${task}\n`;

const FILTERS = `import { defineFilters, type UserFilter } from 'ffe-provision';
const shout: UserFilter = (text, [mark = '!'], { times = 1 }) => String(text).toUpperCase() + String(mark).repeat(Number(times));
export default defineFilters({ shout, upper: () => 'mine', broken: () => { throw new Error('out of order'); } });
`;

test('filters, tests and lookups beside the playbook are used', async ({ dir }) => {
  const { rc, out } = await played(dir, {
    'filter_plugins/text.ts': FILTERS,
    'test_plugins/even.ts': `import { defineTests } from 'ffe-provision';
export const tests = defineTests({ even_number: (n) => Number(n) % 2 === 0 });`,
    'lookup_plugins/doubled.ts': `import { defineLookups } from 'ffe-provision';
export default defineLookups({ doubled: (terms, { by = 2 }, { variable }) => terms.map((t) => Number(t) * Number(by) + Number(variable('more') ?? 0)) });`,
    'site.yml': play(`debug:
        msg: "{{ 'a' | shout }} {{ 'b' | shout('?', times=2) }} {{ 4 is even_number }} {{ query('doubled', 1, 2, by=10) }} {{ 'x' | upper }}"
      vars: {more: 1}
    - {debug: {msg: "item {{ item }}"}, with_doubled: [5]}`),
  });
  assert.is(rc, 0, out);
  assert.match(out, /A! B\?\? True \[11, 21\] mine/);
  assert.match(out, /item 10/);
});

test('those of a role and of a collection too', async ({ dir }) => {
  const { rc, out } = await played(dir, {
    'roles/r/filter_plugins/text.ts': FILTERS,
    'roles/r/tasks/main.yml': '- debug: {msg: "{{ \'a\' | shout }}"}\n',
    'collections/ansible_collections/my/own/plugins/filter/text.ts': FILTERS.replace("'!'", "'#'"),
    'site.yml': `${play('debug: {msg: "{{ \'c\' | my.own.shout }}"}')}  roles: [r]\n`,
  });
  assert.is(rc, 0, out);
  assert.match(out, /"A!"/);
  assert.match(out, /"C#"/);
});

test('files where collections or plug-ins should be are passed over', async ({ dir }) => {
  const { rc, out } = await played(dir, {
    'collections/ansible_collections/README.md': '',
    'collections/ansible_collections/__pycache__/x.pyc': '',
    'collections/ansible_collections/my/own/plugins': '',
    'collections/ansible_collections/my/other/plugins/modules': '',
    filter_plugins: '',
    library: '',
    roles: '',
    'site.yml': play('debug: {msg: "{{ 1 }}"}'),
  });
  assert.is(rc, 0, out);
});

test('those of folders that the environment names', async ({ dir }) => {
  const before = { ...process.env };
  Object.assign(process.env, {
    ANSIBLE_FILTER_PLUGINS: join(dir, 'more/filter'),
    ANSIBLE_TEST_PLUGINS: join(dir, 'more/test'),
    ANSIBLE_LOOKUP_PLUGINS: `${join(dir, 'none')}:${join(dir, 'more/lookup')}`,
  });
  try {
    const { rc, out } = await played(dir, {
      'more/filter/text.ts': FILTERS,
      'more/filter/things.py': PYTHON,
      'more/test/even.ts': `import { defineTests } from 'ffe-provision';
export default defineTests({ even_number: (n) => Number(n) % 2 === 0 });`,
      'more/lookup/one.ts': `import { defineLookups } from 'ffe-provision';
export default defineLookups({ one: () => [1] });`,
      'site.yml': play(`debug: {msg: "{{ 'a' | shout }} {{ 4 is even_number }} {{ query('one') }}"}`),
    });
    assert.is(rc, 0, out);
    assert.match(out, /A! True \[1\]/);
    const refused = await played(dir, { 'site.yml': play('debug: {msg: "{{ 1 | old_filter }}"}') });
    assert.match(refused.out.replace(/\s+/g, ' '), /more\/filter\/things\.py is a Python plug-in/);
  } finally {
    for (const name of ['FILTER', 'TEST', 'LOOKUP']) delete process.env[`ANSIBLE_${name}_PLUGINS`];
    Object.assign(process.env, before);
  }
});

test('what a plug-in throws is an error of the template, with its place', async ({ dir }) => {
  const { rc, out } = await played(dir, {
    'filter_plugins/text.ts': FILTERS,
    'site.yml': play('debug: {msg: "{{ 1 | broken }}"}'),
  });
  assert.is(rc, 2, out);
  assert.match(out, /broken: out of order/);
});

const PYTHON = "class FilterModule:\n    def filters(self):\n        return {'old_filter': str}\n";
const REFUSED: Record<string, [Record<string, string>, string, RegExp]> = {
  'a Python filter': [
    { 'filter_plugins/things.py': PYTHON },
    'debug: {msg: "{{ 1 | old_filter }}"}',
    /no filter 'old_filter'.*filter_plugins\/things\.py is a Python plug-in.*old_filter\.ts/,
  ],
  'a Python test': [
    { 'test_plugins/old.py': PYTHON },
    'debug: {msg: "{{ 1 is old_filter }}"}',
    /no test 'old_filter'.*test_plugins\/old\.py/,
  ],
  'a Python filter of a collection': [
    { 'collections/ansible_collections/my/own/plugins/filter/old_filter.py': '' },
    'debug: {msg: "{{ 1 | my.own.old_filter }}"}',
    /no filter 'my\.own\.old_filter'.*old_filter\.py/,
  ],
  'a file that exports no plug-in': [
    { 'filter_plugins/none.ts': 'export const x = 1;' },
    'debug: {msg: x}',
    /this file exports no plug-in/,
  ],
  'a file that is not TypeScript': [
    { 'filter_plugins/bad.ts': 'export const = ;' },
    'debug: {msg: x}',
    /bad\.ts:1:14/,
  ],
};

for (const [name, [files, task, expected]] of Object.entries(REFUSED))
  test(`${name} is refused before anything runs`, async ({ dir }) => {
    const { rc, out } = await played(dir, { ...files, 'site.yml': play(task) });
    assert.is(rc, 4, out);
    assert.match(out, expected);
    assert.not.match(out, /TASK \[/);
  });

test('a lookup that Python has is named when it is called', async ({ dir }) => {
  const { rc, out } = await played(dir, {
    'lookup_plugins/old.py': '',
    'site.yml': play('debug: {msg: "{{ lookup(\'old\', 1) }}"}'),
  });
  assert.not(rc === 0);
  assert.match(out, /no lookup 'old'.*lookup_plugins\/old\.py is a Python plug-in/);
});

test.run();
