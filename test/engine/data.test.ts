import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';

// Text from a node, a lookup or a result must never be evaluated. The texts here would leave a file behind if it were.
type Given = { dir: string; mark: string };
const test = suite<Given>('data is never evaluated', { dir: '', mark: '' });

test.before.each((given) => {
  given.dir = mkdtempSync(join(tmpdir(), 'ffe-data-'));
  given.mark = join(given.dir, 'broken-out');
  writeFileSync(join(given.dir, 'text'), `{{ lookup('pipe', 'touch ${given.mark}') }}`);
  writeFileSync(join(given.dir, 'condition'), `lookup('pipe', 'touch ${given.mark}') == ''`);
  writeFileSync(join(given.dir, 't.j2'), '{{ result.stdout }}|{{ taken }}|{{ hostvars.localhost.taken }}\n');
});
test.after.each((given) => rmSync(given.dir, { recursive: true, force: true }));

const HEAD = `- hosts: localhost
  connection: local
  gather_facts: false
  vars:
    indirect: "{{ result.stdout }}"
    deeper: {list: ["{{ indirect }}"]}
  tasks:
    - {command: cat text, args: {chdir: "{{ playbook_dir }}"}, register: result, changed_when: false}
    - {command: cat condition, args: {chdir: "{{ playbook_dir }}"}, register: cond, changed_when: false}
    - {set_fact: {taken: "{{ result.stdout }}", test: "{{ cond.stdout }}"}}
`;

async function played({ dir }: Given, tasks: string): Promise<{ rc: number; out: string }> {
  const file = join(dir, 'site.yml');
  writeFileSync(file, `${HEAD}${tasks}\n`);
  const parts: string[] = [];
  const keep = (text: string) => void parts.push(text);
  const rc = await main(['-i', 'localhost,', file], { out: keep, err: keep, colour: false });
  return { rc, out: parts.join('') };
}

const KEPT: Record<string, string> = {
  'a registered result': '- debug: {msg: "{{ result.stdout }}"}',
  'a fact that was set': '- debug: {msg: "{{ taken }}"}',
  'a variable over a result': '- debug: {msg: "{{ indirect }}"}',
  'a list over a variable over a result': '- debug: {msg: "{{ deeper.list }}"}',
  hostvars:
    '- debug: {msg: "{{ hostvars.localhost.taken }} {{ hostvars[inventory_hostname].result.stdout }}"}',
  'the lookup vars': "- debug: {msg: \"{{ lookup('vars', 'taken') }}\"}",
  'the lookup file': "- debug: {msg: \"{{ lookup('file', 'text') }}\"}",
  'items of a loop': '- {debug: {msg: "{{ item }}"}, loop: "{{ result.stdout_lines }}"}',
  with_items: '- {debug: {msg: "{{ item }}"}, with_items: "{{ result.stdout_lines }}"}',
  'a name of debug': '- debug: {var: "{{ result.stdout }}"}',
  'an expression of debug': '- debug: {var: result.stdout}',
  'a name of a task': '- {name: "{{ taken }}", debug: {msg: x}}',
  'a filter that joins': '- debug: {msg: "{{ [taken, taken] | join(\' \') }}"}',
  'a macro': '- debug: {msg: "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(taken) }}"}',
};

for (const [name, task] of Object.entries(KEPT))
  test(`${name} keeps its text`, async (given) => {
    const { rc, out } = await played(given, `    ${task}`);
    assert.is(rc, 0, out);
    assert.not(existsSync(given.mark));
    assert.ok(out.includes(`touch ${given.mark}`), out);
  });

test('a template writes the texts', async (given) => {
  const { rc, out } = await played(given, `    - template: {src: t.j2, dest: ${given.dir}/out}`);
  assert.is(rc, 0, out);
  const text = readFileSync(join(given.dir, 'text'), 'utf8');
  assert.is(readFileSync(join(given.dir, 'out'), 'utf8'), `${[text, text, text].join('|')}\n`);
  assert.not(existsSync(given.mark));
});

test('a number or a truth value in a condition is no text that could be evaluated', async (given) => {
  const tasks = `    - set_fact: {count: 3, yes_or_no: true}
    - assert:
        that:
          - "{{ count }} == 3"
          - "{{ yes_or_no }}"`;
  const { rc, out } = await played(given, tasks);
  assert.is(rc, 0, out);
});

const REFUSED: Record<string, string> = {
  'when over a result': '- {debug: {msg: x}, when: "{{ cond.stdout }}"}',
  'when over a template in a result': '- {debug: {msg: x}, when: "{{ result.stdout }}"}',
  'when over a fact': '- {debug: {msg: x}, when: "{{ test }}"}',
  'when over a variable over a result':
    '- {debug: {msg: x}, when: "{{ c }}", vars: {c: "{{ cond.stdout }}"}}',
  'when over a lookup': "- {debug: {msg: x}, when: \"{{ lookup('file', 'condition') }}\"}",
  'when over hostvars': '- {debug: {msg: x}, when: "{{ hostvars.localhost.test }}"}',
  'when over an item': '- {debug: {msg: x}, loop: "{{ cond.stdout_lines }}", when: "{{ item }}"}',
  'a part of when': '- {debug: {msg: x}, when: "1 == 1 or {{ test }}"}',
  failed_when: '- {command: "true", failed_when: "{{ test }}"}',
  changed_when: '- {command: "true", changed_when: "{{ test }}"}',
  until: '- {command: "true", register: r, until: "{{ test }}", retries: 1, delay: 0}',
  'assert over a fact': '- assert: {that: "{{ test }}"}',
  'assert over a list': '- assert: {that: ["{{ test }}"]}',
  'assert over lines': '- assert: {that: "{{ cond.stdout_lines }}"}',
};

for (const [name, task] of Object.entries(REFUSED))
  test(`${name} is refused`, async (given) => {
    const { rc, out } = await played(given, `    ${task}`);
    assert.not(existsSync(given.mark), out);
    assert.is(rc, 2, out);
    assert.match(out, /data is never evaluated/);
  });

const ALLOWED: Record<string, string> = {
  'a condition that a playbook variable holds':
    '- {debug: {msg: yes-it-ran}, when: "{{ c }}", vars: {c: 1 == 1}}',
  'conditions in a literal loop': '- {debug: {msg: yes-it-ran}, when: "{{ item }}", loop: ["1 == 1"]}',
  'a truth value from a result': '- {debug: {msg: yes-it-ran}, when: "{{ result.rc == 0 }}"}',
  'assert over conditions of the playbook':
    '- {assert: {that: "{{ c }}", success_msg: yes-it-ran}, vars: {c: [1 == 1]}}',
};

for (const [name, task] of Object.entries(ALLOWED))
  test(`${name} is tested`, async (given) => {
    const { rc, out } = await played(given, `    ${task}`);
    assert.is(rc, 0, out);
    assert.match(out, /yes-it-ran/);
  });

test.run();
