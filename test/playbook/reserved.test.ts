import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadPlaybook } from '../../lib/playbook/load.js';
import type { Block, Include } from '../../lib/playbook/tree.js';
import { inFolder } from '../inventory/cases.js';
import { options } from './cases.js';

const warningsOf = (vars: string): Promise<string[]> =>
  inFolder({ 'site.yml': `- hosts: all\n  vars: ${vars}\n` }, async (dir) =>
    (await loadPlaybook('site.yml', options(dir))).warnings.map((w) => w.text),
  );

const reserved = (name: string): string => `Found variable using reserved name: ${name}`;

test('variables that hide keywords or functions of templates are warned of', async () => {
  assert.equal(await warningsOf('{lipsum: 1, when: 2, hosts: 3}'), ['lipsum', 'when', 'hosts'].map(reserved));
});

test('other names are not', async () => {
  assert.equal(await warningsOf('{vars: 1, app: 2, item: 3}'), []);
});

test('the old include is read ahead, but not below an include that is read when it runs', () =>
  inFolder(
    {
      'ahead.yml': '- hosts: all\n  tasks:\n    - include: inner.yml\n',
      'late.yml': '- hosts: all\n  tasks:\n    - include_tasks: between.yml\n',
      'between.yml': '- include: inner.yml\n',
      'inner.yml': '- ping:\n',
    },
    async (dir) => {
      const first = async (name: string) =>
        (await loadPlaybook(name, options(dir))).playbook.plays[0]!.tasks[0]!;
      assert.is((await first('ahead.yml')).kind, 'block');
      const late = (await first('late.yml')) as Include;
      const between = late.read(late.args) as Block;
      assert.equal(
        between.body.map((item) => item.kind),
        ['include'],
      );
    },
  ));

test.run();
