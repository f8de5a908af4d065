import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { inProcess } from '../cli/program.js';

type Case = { name: string; env: Record<string, string>; args?: string[]; out: string[]; err?: string[] };
const KEYS = ['name', 'env', 'args', 'out', 'err'];
const CASES = parse(readFileSync(new URL('display.cases.yml', import.meta.url), 'utf8')) as Case[];

const PLAYBOOK = `- name: one
  hosts: all
  gather_facts: false
  connection: local
  tasks:
    - name: fine
      ping:
    - name: skipped
      ping:
      when: false
    - name: new
      file: {path: new, state: touch}
    - name: wrong
      fail: {msg: wrong}
      ignore_errors: true
    - set_stats: {data: {n: 3}}
      tags: [never, stats]
`;
const dir = realpathSync(mkdtempSync(join(tmpdir(), 'ffe-display-')));
writeFileSync(join(dir, 'site.yml'), PLAYBOOK.replace('path: new', `path: ${dir}/new`));
writeFileSync(join(dir, 'ansible.cfg'), '');
test.after(() => rmSync(dir, { recursive: true, force: true }));

async function under<T>(env: Record<string, string>, run: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  Object.assign(process.env, env);
  return run().finally(() => {
    for (const name of Object.keys(env))
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  });
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.replace(/ \*+$/, '').trimEnd())
    .filter((line) => line !== '' && line !== 'PLAY RECAP' && !/^a +: ok=/.test(line));

for (const one of CASES)
  test(one.name, async () => {
    assert.equal(
      Object.keys(one).filter((key) => !KEYS.includes(key)),
      [],
    );
    const args = ['-i', 'a,', 'site.yml', ...(one.args ?? [])];
    const { out, err } = await under(one.env, () => inProcess(args, dir));
    assert.equal(
      linesOf(out),
      one.out.map((line) => line.replaceAll('{dir}', dir)),
    );
    assert.equal(linesOf(err), one.err ?? []);
  });

test.run();
