import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { locked } from '../../lib/lab/lock.js';
import { isAlive, startTicks, thisProcess } from '../../lib/lab/process.js';

const test = suite('locks and processes');
const check = process.platform === 'linux' ? test : test.skip;
if (process.platform !== 'linux') console.log('skipped: needs /proc and flock');
const dir = mkdtempSync(join(tmpdir(), 'lab-lock-'));
const file = join(dir, 'deep', 'lock');

test.after(() => rmSync(dir, { recursive: true }));

check('one at a time, in whatever order', async () => {
  const state = { inside: 0, most: 0, done: 0 };
  const work = () =>
    locked(file, { what: 'x' }, async () => {
      state.most = Math.max(state.most, ++state.inside);
      await new Promise((later) => setTimeout(later, 5));
      state.inside--;
      state.done++;
    });
  await Promise.all([work(), work(), work(), work()]);
  assert.equal(state, { inside: 0, most: 1, done: 4 });
});

check('a failure inside frees the lock', async () => {
  const failed = await locked(file, { what: 'x' }, () => Promise.reject(new Error('inside'))).catch(String);
  assert.match(String(failed), /inside/);
  assert.is(await locked(file, { what: 'x', wait: 5 }, async () => 'free'), 'free');
});

check('waiting is bounded and says for what', async () => {
  await locked(file, { what: 'x' }, async () => {
    const error = await locked(file, { what: 'the thing', wait: 0 }, async () => 'no').catch(String);
    assert.match(String(error), /the thing: another process has held it/);
  });
});

check('a process that is killed holds nothing', async () => {
  const source = `import { locked } from ${JSON.stringify(join(process.cwd(), 'lib/lab/lock.ts'))};
    locked(${JSON.stringify(file)}, { what: 'x' }, () => { console.log('held'); return new Promise(() => setInterval(() => {}, 1e6)); });`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  const id = { pid: child.pid!, start: startTicks(child.pid!)! };
  assert.ok(isAlive(id));
  child.kill('SIGKILL');
  await once(child, 'exit');
  assert.not(isAlive(id));
  assert.is(await locked(file, { what: 'x', wait: 20 }, async () => 'free'), 'free');
});

check('a process is known by its start, not by its number alone', () => {
  const me = thisProcess();
  assert.ok(isAlive(me));
  assert.not(isAlive({ ...me, start: me.start + 1 }));
});

test.run();
