import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess, piped, program } from './program.js';

type Case = { name: string; args: string[]; code: number; out?: string[]; err?: string[] };
const KEYS = ['name', 'args', 'code', 'out', 'err'];
const CASES = parse(readFileSync(new URL('edges.cases.yml', import.meta.url), 'utf8')) as Case[];

const PLAYBOOK = '- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n';
// Much more than a pipe holds, then something that must not happen any more.
const TALKATIVE = `- hosts: localhost
  gather_facts: false
  tasks:
    - debug: {msg: "{{ 'x' * 5000 }}"}
      loop: "{{ range(60) | list }}"
    - command: sleep 2
    - command: touch late
`;

const dir = mkdtempSync(join(tmpdir(), 'ffe-edges-'));
mkdirSync(join(dir, 'playbooks'));
writeFileSync(join(dir, 'site.yml'), PLAYBOOK);
writeFileSync(join(dir, 'playbooks', 'deploy.yml'), PLAYBOOK);
writeFileSync(
  join(dir, 'tagged.yml'),
  '- hosts: localhost\n  name: Tagged\n  tags: [new, base]\n  tasks: [{debug: {msg: hello}, tags: [also]}]\n',
);
writeFileSync(join(dir, 'talkative.yml'), TALKATIVE);
writeFileSync(join(dir, 'hosts.ini'), 'web1\n');
// There is no inventory in most of these cases, on purpose.
process.env.ANSIBLE_INVENTORY_UNPARSED_WARNING = 'false';
process.env.ANSIBLE_LOCALHOST_WARNING = 'false';

/** Warnings are folded at the width of a terminal. */
const unfolded = (text: string): string => `${text}\n${text.replaceAll('\n', ' ')}`;

test.after(() => {
  delete process.env.ANSIBLE_INVENTORY_UNPARSED_WARNING;
  delete process.env.ANSIBLE_LOCALHOST_WARNING;
  rmSync(dir, { recursive: true, force: true });
});

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    // Verbs write to the process's own streams.
    const ended = await (one.args[0] === 'lab' ? program : inProcess)(one.args, dir);
    assert.is(ended.code, one.code, `${ended.code}\n${ended.out}${ended.err}`);
    for (const part of one.out ?? []) assert.match(ended.out, part.replaceAll('{dir}', dir));
    for (const part of one.err ?? []) assert.match(unfolded(ended.err), part.replaceAll('{dir}', dir));
    if (one.err === undefined) assert.is(ended.err, '');
  });

test('a reader that goes away is no error', async () => {
  const ended = await piped(['--help'], 'true', dir);
  assert.equal([ended.code, ended.err], [0, '']);
});

test('a run ends quietly when nobody reads it any more', async () => {
  const ended = await piped(['talkative.yml'], 'head -n 2', dir);
  assert.is(ended.err, '');
  assert.is(ended.code, 99);
  assert.not(existsSync(join(dir, 'late')));
});

test.run();
