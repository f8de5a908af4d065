import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';

/** Runs a playbook of two hosts that are this machine; `DIR` in it is a scratch folder. */
async function play(text: string): Promise<{ rc: number; out: string; file: (name: string) => string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-current-'));
  const parts: string[] = [];
  const add = (t: string): void => {
    parts.push(t);
  };
  try {
    writeFileSync(join(dir, 'p.yml'), text.replaceAll('DIR', dir));
    const args = ['-i', 'h1,h2,', '-c', 'local', join(dir, 'p.yml')];
    const rc = await main(args, { out: add, err: add, colour: false });
    const seen = readFileSync(join(dir, 'seen'), 'utf8');
    return { rc, out: parts.join(''), file: () => seen };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const head = '- hosts: h1,h2\n  gather_facts: false\n  tasks:\n    - stat: {path: /}\n';
const look = `    - stat: {path: DIR/shared}
      register: s
    - lineinfile: {path: DIR/seen, create: true, line: "{{ inventory_hostname }} {{ s.stat.exists }}"}
`;

const cases = [
  {
    name: 'a file written through another host',
    task: '    - copy: {content: x, dest: DIR/shared}\n      when: inventory_hostname == "h1"\n',
  },
  {
    name: 'a command of another host',
    task: '    - command: touch DIR/shared\n      when: inventory_hostname == "h1"\n',
  },
  {
    name: 'a command delegated elsewhere',
    task: '    - command: touch DIR/shared\n      delegate_to: localhost\n      run_once: true\n',
  },
  {
    name: 'a command in a block of one host',
    task: '    - block: [{shell: "echo x > DIR/shared"}]\n      when: inventory_hostname == "h2"\n',
  },
];

for (const { name, task } of cases) {
  test(`look-ahead does not outlive ${name}`, async () => {
    const { rc, out, file } = await play(head + task + look);
    assert.is(rc, 0, out);
    assert.equal(file('seen').trim().split('\n').sort(), ['h1 True', 'h2 True']);
  });
}

test.run();
