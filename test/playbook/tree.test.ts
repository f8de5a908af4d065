import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { loadPlaybook } from '../../lib/playbook/load.js';
import type { LoadOptions } from '../../lib/playbook/loading.js';
import type { At, Block, Frame, Include, Item, Play, RoleItem, Task } from '../../lib/playbook/tree.js';
import { posOf } from '../../lib/values/position.js';
import { inFolder } from '../inventory/cases.js';
import { errorsOf, options } from './cases.js';

async function playOf(dir: string, more: Partial<LoadOptions> = {}): Promise<Play> {
  const { playbook } = await loadPlaybook('site.yml', { ...options(dir), ...more });
  return playbook.plays[0]!;
}

const values = (list: readonly At[] | undefined) => list?.map((at) => at.value);
const task = (item: Item | undefined): Task => {
  assert.is(item?.kind, 'task');
  return item as Task;
};

function chain(frame: Frame): string[] {
  const kinds: string[] = [];
  for (let f: Frame | undefined = frame; f; f = f.parent) kinds.push(f.kind);
  return kinds;
}

const TASKS = `
- hosts: all
  user: admin
  become: true
  tasks:
    - name: full
      command: ls -l "a b" chdir=/tmp
      args: {creates: /x, chdir: /lower}
      when: [a, b is defined]
      notify: one
      register: out
      until: out.rc == 0
      retries: 3
      changed_when: false
      failed_when:
        - out.rc > 1
      loop: [1, 2]
      loop_control: {label: x, loop_var: it}
      vars: {v: 1}
      delegate_to: other
      become_user: app
    - local_action: {module: copy, src: a, dest: /b}
    - with_dict: {a: 1}
      debug: msg="{{ item.key }}"
    - copy: "{{ everything }}"
    - shell: |
        echo "{{ x }}"
        echo two creates=/x
    - action: ping data=pong
`;

test('a task has its arguments, keywords and places', () =>
  inFolder({ 'site.yml': TASKS }, async (dir) => {
    const play = await playOf(dir);
    assert.is(play.frame.directives.get('remote_user')?.value, 'admin');
    const [full, local, dict, all, shell, old] = play.tasks.map(task);
    assert.is(full!.module, 'command');
    assert.equal(
      [...full!.args],
      [
        ['creates', '/x'],
        ['chdir', '/tmp'],
        ['_raw_params', 'ls -l "a b"'],
      ],
    );
    assert.is(posOf(full!.args, 'chdir')?.line, 7);
    assert.is(posOf(full!.args, 'chdir')?.col, 34);
    assert.is(posOf(full!.args, 'creates')?.line, 8);
    assert.equal(values(full!.frame.when), ['a', 'b is defined']);
    assert.equal(values(full!.notify), ['one']);
    assert.equal(values(full!.until), ['out.rc == 0']);
    assert.equal(values(full!.changedWhen), [false]);
    assert.equal(values(full!.failedWhen), ['out.rc > 1']);
    assert.is(full!.register, 'out');
    assert.is(full!.loop?.control.get('loop_var')?.value, 'it');
    assert.is(full!.loop?.lookup, undefined);
    assert.equal([...full!.frame.directives.keys()], ['become_user', 'delegate_to']);
    assert.equal(chain(full!.frame), ['task', 'play']);
    assert.is(local!.frame.directives.get('delegate_to')?.value, 'localhost');
    assert.equal(
      [...local!.args],
      [
        ['src', 'a'],
        ['dest', '/b'],
      ],
    );
    assert.is(dict!.loop?.lookup, 'dict');
    assert.is(all!.argsTemplate?.value, '{{ everything }}');
    assert.equal(
      [...shell!.args],
      [
        ['creates', '/x'],
        ['_raw_params', 'echo "{{ x }}"\necho two'],
      ],
    );
    assert.equal([...old!.args], [['data', 'pong']]);
  }));

const INCLUDES = {
  'site.yml': `
- hosts: all
  vars: {p: 1}
  tasks:
    - import_tasks: a.yml
      when: imported
      vars: {v: 1}
      become: true
    - name: inc
      include_tasks:
        file: "{{ name }}.yml"
        apply: {become: true, tags: applied, when: x}
      when: included
      tags: own
      vars: {w: 2}
    - include_role: {name: r, public: yes}
      vars: {w: 3}
`,
  'a.yml': '- debug: msg=a\n- include_tasks: sub/b.yml\n',
  'sub/b.yml': '- import_tasks: c.yml\n',
  'sub/c.yml': '- debug:\n',
  'bad.yml': '- debgu:\n- copy: {src: a}\n',
  'roles/r/tasks/main.yml': '- import_tasks: more.yml\n',
  'roles/r/tasks/more.yml': '- template: src=x dest=/y\n  notify: h\n',
  'roles/r/handlers/main.yml': '- name: h\n  debug:\n  listen: topic\n',
  'roles/r/defaults/main.yml': 'd: 1\n',
  'roles/r/vars/main/1.yml': 'a: 1\n',
  'roles/r/vars/main/2.yml': 'b: 2\n',
  'roles/r/meta/argument_specs.yml':
    'argument_specs:\n  main:\n    short_description: Short\n    options: {d: {type: int}}\n',
};

test('an import stands as a block around its tasks', () =>
  inFolder(INCLUDES, async (dir) => {
    const [imported] = (await playOf(dir)).tasks as [Block];
    assert.is(imported.kind, 'block');
    assert.not.ok(imported.written);
    assert.equal(values(imported.frame.when), ['imported']);
    assert.equal([...imported.frame.vars], [['v', 1]]);
    assert.ok(imported.frame.directives.has('become'));
    assert.equal(chain(task(imported.body[0]).frame), ['task', 'block', 'play']);
    assert.is(task(imported.body[0]).frame.file, join(dir, 'a.yml'));
    const nested = (imported.body[1] as Include).read(new Map([['_raw_params', 'sub/b.yml']])) as Block;
    assert.equal(chain(nested.frame), ['include', 'block', 'play']);
    const inner = nested.body[0] as Block;
    assert.is(task(inner.body[0]).frame.file, join(dir, 'sub/c.yml'));
  }));

test('an include keeps its keywords to itself; vars and apply go to what it brings', () =>
  inFolder(INCLUDES, async (dir) => {
    const include = (await playOf(dir)).tasks[1] as Include;
    assert.is(include.kind, 'include');
    assert.equal([...include.args], [['file', '{{ name }}.yml']]);
    assert.equal(include.frame.tags, ['own']);
    const block = include.read(new Map([['file', 'a.yml']])) as Block;
    assert.equal(chain(task(block.body[0]).frame), ['task', 'block', 'include', 'play']);
    assert.equal(block.frame.tags, ['applied']);
    assert.equal(values(block.frame.when), ['x']);
    assert.equal([...block.frame.parent!.vars], [['w', 2]]);
    assert.equal(block.frame.parent!.when, []);
    assert.is(block.frame.file, join(dir, 'a.yml'));
    const errors = await errorsOf((async () => include.read(new Map([['file', 'bad.yml']])))());
    assert.is(errors.length, 2);
    const missing = await errorsOf((async () => include.read(new Map([['file', 'nope.yml']])))());
    assert.match(missing[0]!.message, /'nope.yml' was not found/);
  }));

test('an included role brings its files, handlers and the check of its arguments', () =>
  inFolder(INCLUDES, async (dir) => {
    const include = (await playOf(dir)).tasks[2] as Include;
    const { use, frame } = include.read(include.args) as RoleItem;
    assert.is(frame, use.frame);
    assert.is(frame.role, use);
    assert.equal(chain(frame), ['role', 'include', 'play']);
    assert.ok(use.exported);
    assert.ok(use.role.allowDuplicates);
    assert.equal(
      use.role.defaults.map((f) => [...f.vars]),
      [[['d', 1]]],
    );
    assert.equal(
      use.role.vars.map((f) => [...f.vars]),
      [[['a', 1]], [['b', 2]]],
    );
    const [spec, imported] = use.tasks as [Task, Block];
    assert.is(spec.name?.value, "Validating arguments against arg spec 'main' - Short");
    assert.equal(spec.frame.tags, ['always']);
    assert.is(task(imported.body[0]).module, 'template');
    const handler = task(use.handlers[0]);
    assert.ok(handler.handler);
    assert.equal(handler.listen, ['topic']);
    assert.equal(chain(handler.frame), ['task', 'role', 'include', 'play']);
  }));

test('roles: parameters, keywords, dependencies and who depends on them', () =>
  inFolder(
    {
      'site.yml':
        '- hosts: all\n  roles:\n    - {role: top, web_port: 80, tags: t, become: yes, vars: {v: 1}, when: w}\n',
      'roles/top/meta/main.yml': 'allow_duplicates: yes\ndependencies: [{role: base, level: 2}]\n',
      'roles/base/tasks/main.yml': '- ping:\n',
    },
    async (dir) => {
      const [{ use }] = (await playOf(dir)).roles as [RoleItem];
      assert.equal([...use.frame.params!], [['web_port', 80]]);
      assert.equal([...use.frame.vars], [['v', 1]]);
      assert.equal(use.frame.tags, ['t']);
      assert.equal(values(use.frame.when), ['w']);
      assert.ok(use.frame.directives.has('become'));
      assert.ok(use.role.allowDuplicates);
      const [base] = use.dependencies;
      assert.equal([...base!.frame.params!], [['level', 2]]);
      assert.equal(base!.dependents, [use]);
      assert.equal(chain(task(base!.tasks[0]).frame), ['task', 'role', 'role', 'play']);
    },
  ));

test('names of files, roles, modules and tags may be templates over what is known before the run', () =>
  inFolder(
    {
      'site.yml': `
- hosts: all
  vars: {which: a}
  tasks:
    - import_tasks: "{{ which }}.yml"
    - debug:
      tags: "{{ which }},c"
    - action: "{{ which }} data=x"
`,
      'a.yml': '- ping:\n',
    },
    async (dir) => {
      const template = (text: string) =>
        text.replace(/\{\{.*?\}\}/, text.includes('yml') || text.includes(',') ? 'a' : 'ping');
      const { tasks } = await playOf(dir, { template });
      assert.is(tasks[0]?.kind, 'block');
      assert.equal(tasks[1]?.frame.tags, ['a', 'c']);
      assert.is(task(tasks[2]).module, 'ping');
      const errors = await errorsOf(playOf(dir));
      assert.match(errors[0]!.message, /must be known before the run/);
      assert.is(errors.length, 1, 'a module may be named when its task runs');
    },
  ));

test('plays keep their files, prompts and keywords', () =>
  inFolder(
    {
      'site.yml': `
- hosts: [a, b]
  name: p
  gather_facts: no
  serial: [1, "50%"]
  vars_files: [one.yml, [two.yml, three.yml]]
  vars_prompt: [{name: x, private: no}]
  vars: [{a: 1}, {b: 2, a: 3}]
`,
    },
    async (dir) => {
      const play = await playOf(dir);
      assert.equal([...play.keywords.keys()], ['gather_facts', 'serial']);
      assert.equal(values(play.varsFiles), ['one.yml', ['two.yml', 'three.yml']]);
      assert.is(play.varsPrompt[0]?.value.get('name'), 'x');
      assert.equal(
        [...play.frame.vars],
        [
          ['a', 3],
          ['b', 2],
        ],
      );
      assert.is(posOf(play.frame.vars, 'a')?.line, 8);
    },
  ));

test('a module of a library folder is used when a loader for it is given', () =>
  inFolder({ 'site.yml': '- hosts: all\n  tasks: [{mine: {}}]\n', 'library/mine.ts': '' }, async (dir) => {
    const ping = options(dir).modules.get('ping')!;
    const seen: string[] = [];
    const library = (file: string) => {
      seen.push(file);
      return { ...ping, name: 'mine' };
    };
    assert.is(task((await playOf(dir, { library })).tasks[0]).module, 'mine');
    assert.equal(seen, [join(dir, 'library/mine.ts')]);
  }));

test.run();
