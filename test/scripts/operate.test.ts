import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { callOf, type Script } from '../../scripts/operate/words.js';

const cases = parse(readFileSync(new URL('operate.cases.yaml', import.meta.url), 'utf8')) as [
  Script,
  string,
  string,
][];

for (const [script, args, expected] of cases)
  test(`${script} ${args}`, () => {
    const call = callOf(script, args.split(' ').filter(Boolean), { FFE_VERSION: '1.4.2' }, '/src/app');
    if ('wrong' in call) assert.is(call.wrong.slice(0, expected.length), expected);
    else assert.is(call.words.join(' '), expected);
  });

test('without FFE_VERSION the inventory says which version', () => {
  assert.equal(callOf('deploy', [], {}, '/'), { words: ['-i', 'inventory/prod.yml', 'deploy.yml'] });
});

test('every playbook that a script names is there', () => {
  const named = cases.flatMap(([, , words]) => words.match(/\w+\.yml(?= |$)/g) ?? []);
  for (const name of new Set(named))
    if (!['prod.yml', 'lab.yml', 'staging.yml'].includes(name))
      assert.ok(existsSync(`playbooks/${name}`), name);
});

test('wrong words end with 2 and say the usage', () => {
  const { status, stderr } = spawnSync('sh', ['scripts/restore.sh'], { encoding: 'utf8' });
  assert.is(status, 2);
  assert.match(stderr, /^usage: restore/m);
});

test.run();
