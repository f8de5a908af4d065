import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { inProcess } from '../../cli/program.js';

type Case = { readonly name: string; readonly task: object; readonly undefined: readonly string[] };

const KEYS = 'name,task,undefined';
const cases = parse(readFileSync(new URL('./cases.yml', import.meta.url), 'utf8')) as Case[];

/** Checks a play whose last task this is. */
async function checked(
  task: object,
  args: readonly string[] = ['--syntax-check'],
  name = 'ffe-provision',
): Promise<{ code: number; err: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-foresee-'));
  try {
    mkdirSync(join(dir, 'files'));
    writeFileSync(join(dir, 'files', 'note.yml'), 'a: "{{ perhaps is defined }}"\n');
    const before = { command: 'true', register: 'shown' };
    const play = { hosts: 'all', gather_facts: false, vars: { given: [] }, tasks: [before, task] };
    writeFileSync(join(dir, 'p.yml'), stringify([play]));
    return await inProcess(['-i', 'a,', 'p.yml', ...args], dir, name);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

for (const one of cases)
  test(`undefined before the run: ${one.name}`, async () => {
    assert.is(Object.keys(one).sort().join(), KEYS);
    const { code, err } = await checked(one.task);
    const found = [...err.matchAll(/error: '(\w+)' is undefined/g)].map((m) => m[1]);
    assert.equal([...new Set(found)], one.undefined, err);
    assert.is(code, one.undefined.length > 0 ? 4 : 0, err);
  });

test('the error has a place and the nearest name, and --extra-vars settles it', async () => {
  const task = { debug: { msg: '{{ gvien }}' } };
  const { err } = await checked(task);
  assert.match(err, "error: 'gvien' is undefined (did you mean 'given'?)\n  --> p.yml:");
  assert.is((await checked(task, ['--syntax-check', '-e', 'gvien=1'])).code, 0);
});

test("a list needs no values, and under Ansible's name --syntax-check only warns", async () => {
  const task = { debug: { msg: '{{ gvien }}' } };
  for (const list of ['--list-hosts', '--list-tasks', '--list-tags']) {
    const { code, err } = await checked(task, [list]);
    assert.is(code, 0, err);
    assert.is(err, '');
  }
  const { code, err } = await checked(task, ['--syntax-check'], 'ansible-playbook');
  assert.is(code, 0, err);
  assert.match(err.replaceAll(/\s+/g, ' '), /\[WARNING\]: \S*p\.yml:\d+:\d+: 'gvien' is undefined/);
  assert.is((await checked(task, [], 'ansible-playbook')).code, 4);
});

/** Runs a play that makes the group `made`, and one on `hosts`, where a pattern without hosts is an error. */
async function afterGrouping(hosts: string): Promise<{ code: number; out: string; err: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-foresee-'));
  const show = { debug: { msg: 'in {{ group_names[0] }}' } };
  const plays = [
    { hosts: 'all', gather_facts: false, tasks: [{ group_by: { key: 'made' } }] },
    { hosts, gather_facts: false, tasks: [show] },
  ];
  try {
    writeFileSync(join(dir, 'ansible.cfg'), '[inventory]\nhost_pattern_mismatch = error\n');
    writeFileSync(join(dir, 'p.yml'), stringify(plays));
    return await inProcess(['-i', 'a,', 'p.yml'], dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

test('a group that the run itself makes is no mistake before the run', async () => {
  const { code, out, err } = await afterGrouping('made');
  assert.is(code, 0, err);
  assert.match(out, 'in made');
});

test('a group that nothing makes is one when its play begins', async () => {
  const { code, err } = await afterGrouping('mad');
  assert.is.not(code, 0);
  assert.match(err, 'Could not match supplied host pattern, ignoring: mad');
});

test.run();
