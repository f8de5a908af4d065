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

test('modules for other systems may be named', () =>
  inFolder(play('- yum: {name: x, whatever: y}\n- community.general.zypper: name=x'), async (dir) => {
    assert.equal(await errorsOf(loadPlaybook('site.yml', options(dir))), []);
  }));

test('no module that is here is called foreign', () => {
  const own = moduleTable(modules);
  assert.equal(
    [...foreign.keys()].filter((name) => own.has(name)),
    [],
  );
});

test.run();
