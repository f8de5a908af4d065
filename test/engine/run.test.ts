import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { inProcess } from '../cli/program.js';

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

test.run();
