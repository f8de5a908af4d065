import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from '../program.js';

type Case = {
  name: string;
  ini: string;
  tasks: unknown[];
  facts?: boolean;
  args?: string[];
  code?: number;
  has?: string[];
  lacks?: string[];
  file?: Record<string, string[]>;
  absent?: Record<string, string[]>;
};
const KEYS = ['name', 'ini', 'tasks', 'facts', 'args', 'code', 'has', 'lacks', 'file', 'absent'];
const CASES = parse(readFileSync(new URL('effects.cases.yml', import.meta.url), 'utf8')) as Case[];

const before = { ...process.env };
const root = realpathSync(mkdtempSync(join(tmpdir(), 'ffe-effects-')));
test.before(() => {
  for (const name of Object.keys(process.env)) if (name.startsWith('ANSIBLE_')) delete process.env[name];
});
test.after(() => {
  Object.assign(process.env, before);
  rmSync(root, { recursive: true, force: true });
});

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const dir = mkdtempSync(join(root, 'case-'));
    const whole = (text: string): string => text.replaceAll('{dir}', dir);
    const play = { hosts: 'localhost', gather_facts: one.facts ?? false, tasks: one.tasks };
    writeFileSync(join(dir, 'ansible.cfg'), whole(one.ini));
    writeFileSync(join(dir, 'site.yml'), whole(JSON.stringify([play])));
    const ended = await inProcess(['site.yml', ...(one.args ?? [])], dir);
    const said = ended.out + ended.err;
    assert.is(ended.code, one.code ?? 0, said);
    for (const part of one.has ?? []) assert.ok(said.includes(whole(part)), `${part}\n${said}`);
    for (const part of one.lacks ?? []) assert.not.ok(said.includes(part), said);
    for (const [name, parts] of Object.entries(one.file ?? {}))
      for (const part of parts) assert.ok(readFileSync(join(dir, name), 'utf8').includes(whole(part)), part);
    for (const [name, parts] of Object.entries(one.absent ?? {}))
      for (const part of parts) assert.not.ok(readFileSync(join(dir, name), 'utf8').includes(part), part);
  });

test.run();
