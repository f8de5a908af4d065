import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { readCases, runOurs } from './run-case.js';

for (const one of readCases()) {
  test(`standard output is ansible-playbook's: ${one.name}`, async () => {
    const file = fileURLToPath(new URL(`./recorded/${one.name.replaceAll(' ', '-')}.txt`, import.meta.url));
    const { rc, out } = await runOurs(one);
    assert.fixture(`exit code ${rc}\n${out}\n`, readFileSync(file, 'utf8'));
  });
}

test.run();
