import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BLOCK, INCLUDE, type Keywords, PLAY, ROLE, TASK } from '../../lib/playbook/keywords.js';
import { loadPlaybook } from '../../lib/playbook/load.js';
import { toJson } from '../../lib/values/convert.js';
import type { Json } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';
import { inFolder } from '../inventory/cases.js';
import { errorsOf, options } from './cases.js';

type Row = { readonly value: Json; readonly levels: readonly string[] };
const ORACLE = '/usr/bin/ansible-playbook';
const LEVELS: Readonly<Record<string, Keywords>> = {
  play: PLAY,
  role: ROLE,
  block: BLOCK,
  task: TASK,
  include: INCLUDE,
};
// Keywords that make a level what it is, and so are in every playbook here.
const MAKING = [
  'hosts',
  'user',
  'vars_prompt',
  'roles',
  'pre_tasks',
  'tasks',
  'post_tasks',
  'handlers',
  'block',
  'rescue',
  'always',
  'role',
  'action',
  'local_action',
];

const file = new URL('cases/keywords.yml', import.meta.url);
const rows = Object.entries(
  toJson(parseYaml(readFileSync(file, 'utf8'), file.pathname) as Value) as unknown as Record<string, Row>,
);

/** A playbook with the given keywords on one level. */
function playbook(level: string, keywords: Record<string, Json>): string {
  const has = (name: string) => (level === name ? keywords : {});
  const tasks = [
    { debug: null, ...has('task') },
    { block: [{ debug: null }], ...has('block') },
    { include_tasks: 'inc.yml', ...has('include') },
  ];
  return JSON.stringify([{ hosts: 'all', ...has('play'), roles: [{ role: 'r', ...has('role') }], tasks }]);
}

const files = (level: string, keywords: Record<string, Json>) => ({
  'site.yml': playbook(level, keywords),
  'inc.yml': '[]\n',
  'roles/r/tasks/main.yml': '- debug:\n',
});

for (const level of Object.keys(LEVELS)) {
  const here = rows.filter(([, row]) => row.levels.includes(level));
  const all = Object.fromEntries(here.map(([name, row]) => [name, row.value]));

  test(`every keyword of a ${level} has a row`, () => {
    const missing = Object.keys(LEVELS[level]!).filter(
      (name) => !(name in all) && !MAKING.includes(name) && !(level === 'role' && name === 'name'),
    );
    assert.equal(missing, []);
  });

  test(`a ${level} takes all its keywords, here and in Ansible`, () =>
    inFolder(files(level, all), async (dir) => {
      const errors = await errorsOf(loadPlaybook('site.yml', options(dir)));
      assert.equal(
        errors.map((e) => e.message),
        [],
      );
      if (!existsSync(ORACLE)) return console.log('skipped: no ansible-playbook here');
      const args = ['-i', 'localhost,', '--syntax-check', 'site.yml'];
      execFileSync(ORACLE, args, { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
    }));

  const others = rows.filter(([, row]) => !row.levels.includes(level) && level !== 'role');
  test(`a ${level} refuses the keywords of other levels`, () =>
    inFolder({}, async () => {
      for (const [name, row] of others)
        await inFolder(files(level, { [name]: row.value }), async (dir) => {
          const [error] = await errorsOf(loadPlaybook('site.yml', options(dir)));
          assert.match(
            error?.message ?? `${name} was accepted`,
            new RegExp(`'${name}' is not a valid attribute for a|calls one module.*${name}`),
          );
        });
    }));
}

test('every row of the file is complete', () => {
  for (const [name, row] of rows) {
    assert.equal(Object.keys(row).sort(), ['levels', 'value'], name);
    for (const level of row.levels) assert.ok(level in LEVELS, `${name}: ${level}`);
  }
});

test.run();
