import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { foreign } from '../../lib/modules/foreign.js';
import { modules } from '../../lib/modules/index.js';
import { moduleTable } from '../../lib/modules/table.js';
import { loadPlaybook } from '../../lib/playbook/load.js';
import { inFolder } from '../inventory/cases.js';
import { errorsOf, options } from './cases.js';

const play = (tasks: string) => ({
  'site.yml': `- hosts: all\n  tasks:\n${tasks.replace(/^/gm, '    ')}`,
});

const TOLERATED: Readonly<Record<string, string>> = {
  ignored: '- file: {state: hard}\n  ignore_errors: true',
  'ignored perhaps': '- file: {state: hard}\n  ignore_errors: "{{ maybe }}"',
  judged: '- file: {state: hard}\n  failed_when: false',
  rescued: '- block:\n    - file: {state: hard}\n  rescue:\n    - ping:',
  'ignored around': '- block:\n    - file: {state: hard}\n  ignore_errors: true',
};
const REFUSED: Readonly<Record<string, string>> = {
  plain: '- file: {state: hard}',
  'not ignored': '- file: {state: hard}\n  ignore_errors: false',
  'inner word wins': '- block:\n    - file: {state: hard}\n      ignore_errors: false\n  ignore_errors: true',
  'in the rescue itself': '- block:\n    - ping:\n  rescue:\n    - file: {state: hard}',
};

for (const [name, tasks] of Object.entries(TOLERATED))
  test(`fails only when it runs: ${name}`, () =>
    inFolder(play(tasks), async (dir) => {
      const { warnings } = await loadPlaybook('site.yml', options(dir));
      assert.equal(
        warnings.map((w) => w.text),
        ['this task will fail: missing required arguments: path'],
      );
    }));

for (const [name, tasks] of Object.entries(REFUSED))
  test(`is refused: ${name}`, () =>
    inFolder(play(tasks), async (dir) => {
      const found = await errorsOf(loadPlaybook('site.yml', options(dir)));
      assert.equal(
        found.map((e) => e.message),
        ['missing required arguments: path'],
      );
    }));

test('a keyword with a value that is none of its kind fails when the task runs', () =>
  inFolder(play('- ping:\n  diff: yes.\n  ignore_errors: true'), async (dir) => {
    const { warnings } = await loadPlaybook('site.yml', options(dir));
    assert.equal(
      warnings.map((w) => w.text),
      ["this task will fail: 'diff' must be true or false, not 'yes.'"],
    );
  }));

test('a template that cannot be read fails when the task runs', () =>
  inFolder(play('- debug: {msg: "{{ a b }}"}\n  ignore_errors: true'), async (dir) => {
    const checkTemplate = (text: string) => {
      if (text.includes('a b')) throw new FfeError('template', 'bad');
    };
    const { warnings } = await loadPlaybook('site.yml', { ...options(dir), checkTemplate });
    assert.equal(
      warnings.map((w) => w.text),
      ['this task will fail: bad'],
    );
  }));

const UNCERTAIN: Readonly<Record<string, string>> = {
  'by its condition': '- debug: {msg: "{{ x | no_such }}"}\n  when: y',
  "by a block's condition": '- block:\n    - debug: {msg: "{{ x | no_such }}"}\n  when: y',
  'in a second condition': '- ping:\n  when: [y, x is no_such]',
  'in a variable that may not be used': '- ping:\n  vars: {a: "{{ x | no_such }}"}',
};

for (const [name, tasks] of Object.entries(UNCERTAIN))
  test(`what nobody knows only warns ${name}`, () =>
    inFolder(play(tasks), async (dir) => {
      const { warnings } = await loadPlaybook('site.yml', options(dir));
      assert.equal(warnings.length, 1);
      assert.match(warnings[0]!.text, /^this fails if it is used: no_such in /);
      assert.is(warnings[0]!.pos?.file, join(dir, 'site.yml'));
    }));

test('modules for other systems may be named', () =>
  inFolder(play('- yum: {name: x, whatever: y}\n- community.general.zypper: name=x'), async (dir) => {
    assert.equal(await errorsOf(loadPlaybook('site.yml', options(dir))), []);
  }));

const INSIDE_ROLE = 'file: {state: hard}';
for (const [name, task, warned] of [
  ['behind a condition', `- ${INSIDE_ROLE}\n  when: later`, true],
  ['behind a block with one', `- block:\n    - ${INSIDE_ROLE}\n  when: later`, true],
  ['for certain', `- ${INSIDE_ROLE}`, false],
] as const)
  test(`wrong arguments in a role ${warned ? 'only warn' : 'are refused'}: ${name}`, () =>
    inFolder({ 'site.yml': '- hosts: all\n  roles: [r]\n', 'roles/r/tasks/main.yml': task }, async (dir) => {
      const text = 'missing required arguments: path';
      if (!warned) {
        const found = await errorsOf(loadPlaybook('site.yml', options(dir)));
        assert.equal(
          found.map((e) => e.message),
          [text],
        );
        return;
      }
      const { warnings } = await loadPlaybook('site.yml', options(dir));
      assert.equal(
        warnings.map((w) => w.text),
        [`this task will fail if it runs: ${text}`],
      );
    }));

test('modules of collections go by the name they had before there were collections', () =>
  inFolder(
    play('- ansible.builtin.locale_gen: {name: x}\n- ansible.builtin.zypper: {name: x}'),
    async (dir) => {
      assert.equal(await errorsOf(loadPlaybook('site.yml', options(dir))), []);
    },
  ));

const GUARDED: Readonly<Record<string, string>> = {
  'by its own condition': '- npm: {name: x}\n  when: false',
  'by its full name': '- community.general.npm: name=x\n  when: later',
  'by a block': '- block:\n    - npm:\n  when: false',
};
for (const [name, tasks] of Object.entries(GUARDED))
  test(`a module of Ansible's that is not here may be named behind a condition: ${name}`, () =>
    inFolder(play(tasks), async (dir) => {
      const { warnings } = await loadPlaybook('site.yml', options(dir));
      assert.is(warnings.length, 1);
      assert.match(
        warnings[0]!.text,
        /^this task will fail if it runs: '[\w.]*npm' is .* \(community\.general\.npm\)/,
      );
      assert.is(warnings[0]!.pos?.file, join(dir, 'site.yml'));
    }));

test('a Python module may be named behind a condition', () =>
  inFolder(
    {
      ...play('- own_one:\n  when: false\n- own_one:'),
      'library/own_one.py': 'from ansible.module_utils.basic import *\n',
    },
    async (dir) => {
      const found = await errorsOf(loadPlaybook('site.yml', options(dir)));
      assert.is(found.length, 1);
      assert.match(found[0]!.message, /^'own_one' is a Python module of Ansible/);
      assert.is(found[0]!.pos?.line, 5);
    },
  ));

const NOT_HERE: Readonly<Record<string, [string, RegExp]>> = {
  unguarded: ['- npm: {name: x}', /^'npm' is a module of Ansible's \(community\.general\.npm\) that is not/],
  'nobody knows it': ['- npn: {name: x}\n  when: false', /^'npn' is neither a module nor a keyword/],
  'in no collection of that name': [
    '- ansible.posix.npm:\n  when: false',
    /^'ansible.posix.npm' is neither a module/,
  ],
};
for (const [name, [tasks, message]] of Object.entries(NOT_HERE))
  test(`a module that is not here is refused: ${name}`, () =>
    inFolder(play(tasks), async (dir) => {
      const found = await errorsOf(loadPlaybook('site.yml', options(dir)));
      assert.is(found.length, 1);
      assert.match(found[0]!.message, message);
    }));

test('no module that is here is called foreign', () => {
  const own = moduleTable(modules);
  assert.equal(
    [...foreign.keys()].filter((name) => own.has(name)),
    [],
  );
});

test.run();
