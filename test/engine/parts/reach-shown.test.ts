import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../../lib/cli/main.js';

const PLAYBOOK = `- hosts: localhost
  gather_facts: false
  become: true
  ignore_errors: true
  tasks:
    - command: id
    - command: id
    - command: id
      vars: {ansible_become_user: bob, ansible_become_flags: -H, ansible_become_password: secret-word}
    - command: id
      become_method: su
`;

/** The lines of -vvvv that say how another user is become. */
async function shown(verbosity: string): Promise<string[]> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-reach-'));
  const said: string[] = [];
  const file = join(dir, 'site.yml');
  process.env.ANSIBLE_BECOME_ALLOW_SAME_USER = 'true';
  try {
    writeFileSync(file, PLAYBOOK);
    const keep = (text: string) => void said.push(text);
    await main([verbosity, '--check', file], { out: keep, err: () => {}, colour: false });
  } finally {
    delete process.env.ANSIBLE_BECOME_ALLOW_SAME_USER;
    rmSync(dir, { recursive: true, force: true });
  }
  assert.not(said.join('').includes('secret-word'));
  return said
    .join('')
    .split('\n')
    .filter((line) => line.startsWith('<localhost> '));
}

test('how another user is become is told once, without its password', async () => {
  assert.equal(await shown('-vvvv'), [
    '<localhost> EXEC sudo -H -S -n -u root /bin/sh -c ...',
    "<localhost> EXEC sudo -H -S -p '[become ...] password:' -u bob /bin/sh -c ...",
    "<localhost> EXEC su -s /bin/sh root -c 'exec /bin/sh -c ...'",
  ]);
});

test('it is not told with fewer words', async () => {
  assert.equal(await shown('-vvv'), []);
});

test.run();
