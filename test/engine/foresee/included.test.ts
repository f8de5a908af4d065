import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse, stringify } from 'yaml';
import { inProcess } from '../../cli/program.js';

type Case = { readonly name: string; readonly tasks: readonly object[]; readonly found: readonly string[] };

const cases = parse(readFileSync(new URL('./included.yml', import.meta.url), 'utf8')) as Case[];
const FILES: Readonly<Record<string, string>> = {
  'wrong.yml': '- debug: msg=a\n- copyy: src=a\n',
  'nest.yml': '- include_tasks: wrong.yml\n',
  'right.yml': '- debug: msg=a\n',
  'roles/bad/tasks/main.yml': '- debug: msg=a\n',
  'roles/bad/tasks/other.yml': '- nosuch: {}\n',
};

const dir = mkdtempSync(join(tmpdir(), 'ffe-included-'));
test.after(() => rmSync(dir, { recursive: true }));
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

for (const one of cases)
  test(`read before the run: ${one.name}`, async () => {
    assert.is(Object.keys(one).sort().join(), 'found,name,tasks');
    const tasks = [{ command: 'true', register: 'shown' }, ...one.tasks];
    const play = { hosts: 'all', gather_facts: false, vars: { given: [] }, tasks };
    writeFileSync(join(dir, 'p.yml'), stringify([play]));
    const { code, err } = await inProcess(['-i', 'a,', 'p.yml', '--syntax-check'], dir);
    const found = [...err.matchAll(/^ *--> (\S+)$/gm)].map((m) => m[1]);
    assert.equal(found, one.found, err);
    assert.is(code, one.found.length > 0 ? 4 : 0, err);
  });

test.run();
