import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { main } from '../../lib/cli/main.js';

// A host that is at the task owns the folder; another one that comes meanwhile fails to make it.
const TASK = 'mkdir {{ playbook_dir }}/here && sleep 0.1 && rmdir {{ playbook_dir }}/here';
const HOSTS = ['a', 'b', 'c', 'd', 'e'];

async function run(strategy: string, throttle: string): Promise<{ code: number; out: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-throttle-'));
  try {
    const block = `    - block:\n        - shell: '${TASK}'\n      ${throttle}\n`;
    const play = `- hosts: all\n  connection: local\n  gather_facts: false\n  strategy: ${strategy}\n  tasks:\n${block}`;
    writeFileSync(join(dir, 'play.yml'), play);
    const parts = { out: '' };
    const say = (text: string) => {
      parts.out += text;
    };
    const io = { out: say, err: say, colour: false };
    const code = await main(['-i', `${HOSTS.join(',')},`, '-f', '5', join(dir, 'play.yml')], io);
    return { code, out: parts.out };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

for (const strategy of ['linear', 'free', 'host_pinned'])
  test(`a throttled task runs on one host at a time: ${strategy}`, async () => {
    const { code, out } = await run(strategy, 'throttle: 1');
    assert.is(code, 0, out);
    assert.is(out.match(/ok=1 +changed=1/g)?.length, HOSTS.length, out);
  });

test('without a throttle they meet', async () => {
  const { code, out } = await run('free', 'throttle: 0');
  assert.is(code, 2, out);
});

test.run();
