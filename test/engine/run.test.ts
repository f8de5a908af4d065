import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { inProcess } from '../cli/program.js';
import { runOurs } from './run-case.js';

test('the lookup inventory_hostnames finds nothing where a play would end the run', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-run-'));
  const names = (pattern: string): string => `{{ query('inventory_hostnames', '${pattern}') }}`;
  const msg = { nothing: names('nope'), all: names('all') };
  try {
    writeFileSync(join(dir, 'ansible.cfg'), '[inventory]\nhost_pattern_mismatch = error\n');
    writeFileSync(
      join(dir, 'p.yml'),
      stringify([{ hosts: 'a', gather_facts: false, tasks: [{ debug: { msg } }] }]),
    );
    const { code, out, err } = await inProcess(['-i', 'a,b,', 'p.yml', '--output', 'json'], dir);
    assert.is(code, 0, err);
    assert.match(out.replace(/\s/g, ''), '"nothing":[]');
    assert.match(out.replace(/\s/g, ''), '"all":["a","b"]');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('what is tried again under no_log is hidden in events', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-run-'));
  const again = { register: 'r', until: 'false', retries: 1, delay: 0, ignore_errors: true };
  const tasks = [
    { debug: { msg: 'swordfish {{ item }}' }, no_log: true, loop: ['salmon'], ...again },
    { debug: { msg: 'plain {{ item }}' }, loop: ['trout'], ...again },
  ];
  try {
    writeFileSync(join(dir, 'p.yml'), stringify([{ hosts: 'a', gather_facts: false, tasks }]));
    const { out, err } = await inProcess(['-i', 'a,', 'p.yml', '--output', 'json', '-vvv'], dir);
    const retries = out.split('\n').filter((line) => line.includes('"type":"retry"'));
    assert.is(retries.length, 2, out + err);
    assert.match(retries[0]!, 'the output has been hidden');
    assert.match(retries[0]!, '"label":"None"');
    assert.match(retries[1]!, 'plain trout');
    assert.not.match(out + err, /swordfish|salmon/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('a lookup says of a missing file what playbooks look for in a result', async () => {
  const { rc, out } = await runOurs({ name: 'lookup words', playbook: 'task/lookup-words.yml', args: [] });
  assert.is(rc, 0, out);
  assert.match(out, /rescued=3/);
});

test.run();
