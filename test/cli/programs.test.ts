import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { programOf } from '../../lib/cli/programs.js';
import { inProcess, program } from './program.js';

const BIN = fileURLToPath(new URL('../../bin/ffe-provision', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'ffe-programs-'));
writeFileSync(
  join(dir, 'lab'),
  '- hosts: localhost\n  gather_facts: false\n  tasks: [{debug: {msg: hello}}]\n',
);
test.after(() => rmSync(dir, { recursive: true, force: true }));

test('other names are the program itself', () => {
  for (const path of [undefined, '/usr/bin/ffe-provision', 'x.js', '/opt/ansible-other', '/ansible/main.cjs'])
    assert.equal(programOf(path), { name: 'ffe-provision' });
  assert.is(programOf('/usr/local/bin/ansible-vault').verb, 'vault');
});

test("the version under one of Ansible's names has the form that scripts read", async () => {
  const { code, out } = await inProcess(['--version'], dir, '/x/ansible-playbook');
  assert.is(code, 0);
  assert.match(out, /^ansible-playbook \[core \d+\.\d+\.\d+\] \(ffe-provision \d/);
  assert.match((await inProcess(['--version'], dir)).out, /^ffe-provision \d/);
});

test('ansible-playbook knows no verbs', async () => {
  const { code, out } = await inProcess(['lab'], dir, 'ansible-playbook');
  assert.is(code, 0);
  assert.match(out, /ok: \[localhost\] => \{\n {4}"msg": "hello"/);
});

test('a link is told by its name', async () => {
  symlinkSync(BIN, join(dir, 'ansible-inventory'));
  const { out } = await program(['--version'], dir, {}, join(dir, 'ansible-inventory'));
  assert.match(out, /^ansible-inventory \[core /);
});

test.run();
