import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { startTicks } from '../../lib/lab/process.js';
import { sharedProcess } from '../../scripts/testing/shared.js';

const UVU = JSON.stringify(join(process.cwd(), 'node_modules/uvu/dist/index.mjs'));
const dir = mkdtempSync(join(tmpdir(), 'shared-'));
const never = new AbortController().signal;
const shared = sharedProcess(20, never);
test.after(() => {
  shared.end();
  rmSync(dir, { recursive: true });
});

function file(name: string, body: string): string {
  const path = join(dir, `${name.replace(/\W+/g, '-')}.test.mts`);
  writeFileSync(path, `import { test } from ${UVU};\n${body}\n`);
  return path;
}

type Case = { name: string; body: string; counts: number[]; says?: string; reasons?: string[] };

const CASES = parse(`
- name: tests are counted
  body: test('a', () => {}); test('b', () => { throw new Error('as meant'); }); test.skip('c', () => {}); test.run();
  counts: [1, 1, 1]
  says: as meant
- name: the next file's tests are its own
  body: test('a', () => {}); test.run();
  counts: [1, 0, 0]
- name: a suite that is not run
  body: test('a', () => {});
  counts: [0, 1, 0]
  says: it forgets test.run()
- name: no test at all
  body: test.run();
  counts: [0, 1, 0]
  says: it runs no test
- name: a reason to skip
  body: "console.log('no fleet: no root'); test.run();"
  counts: [0, 0, 0]
  reasons: [no root]
- name: only when asked for
  body: "console.log('left out: a switch'); test.run();"
  counts: [0, 0, 0]
- name: a file that cannot be loaded
  body: throw new Error('cannot be loaded');
  counts: [0, 1, 0]
  says: cannot be loaded
- name: a rejection that nobody handles
  body: "test('a', async () => { Promise.reject(new Error('unheard')); await new Promise((f) => setTimeout(f, 100)); }); test.run();"
  counts: [0, 1, 0]
  says: unheard
- name: the end of the process
  body: test('a', () => process.exit(0)); test.run();
  counts: [0, 1, 0]
  says: ended its process
- name: an environment variable left behind
  body: test('a', () => { process.env.FFE_LEFT = 'x'; }); test.run();
  counts: [1, 1, 0]
  says: changes the environment variable FFE_LEFT
- name: the same environment again
  body: test('a', () => { if (process.env.FFE_LEFT) throw new Error('still there'); }); test.run();
  counts: [1, 0, 0]
- name: another current folder
  body: test('a', () => process.chdir('/')); test.run();
  counts: [1, 1, 0]
  says: changes the current folder to /
- name: an exit code
  body: test('a', () => { process.exitCode = 3; }); test.run();
  counts: [1, 1, 0]
  says: sets the exit code 3
- name: a hook that fails
  body: test.before(() => { throw new Error('x'); }); test('a', () => {}); test.run();
  counts: [0, 1, 0]
`) as Case[];

for (const { name, body, counts, says, reasons = [], ...unknown } of CASES) {
  test(name, async () => {
    assert.equal(unknown, {});
    const result = await shared.run(file(name, body));
    assert.equal([result.passed, result.failed, result.skipped], counts);
    assert.equal([result.timedOut, result.reasons], [false, reasons]);
    if (says !== undefined) assert.ok(result.output.includes(says), result.output);
  });
}

/** The kernel ends killed processes soon, not at once. */
async function gone(pid: number): Promise<boolean> {
  for (let i = 0; i < 500 && startTicks(pid) !== undefined; i++) await sleep(20);
  return startTicks(pid) === undefined;
}

test('a file that hangs is cut off with what it started, and the next one runs', async () => {
  const mine = sharedProcess(10, never);
  try {
    const body =
      "import { spawn } from 'node:child_process'; console.log('pid', spawn('sleep', ['600']).pid); test('a', () => { for (;;); }); test.run();";
    const hung = await mine.run(file('hangs', body));
    assert.equal([hung.passed, hung.failed, hung.timedOut], [0, 1, true]);
    const pid = Number(hung.output.match(/pid (\d+)/)?.[1]);
    assert.ok(pid > 0);
    if (existsSync('/proc/self')) assert.ok(await gone(pid), 'what it started still runs');
  } finally {
    mine.end();
  }
});

test('a run that is stopped ends the file under way', async () => {
  const stop = new AbortController();
  const mine = sharedProcess(60, stop.signal);
  const running = mine.run(
    file('stopped', "test('a', () => new Promise((f) => setTimeout(f, 60000))); test.run();"),
  );
  stop.abort();
  const result = await running;
  mine.end();
  assert.equal([result.failed, result.timedOut], [1, false]);
});

test.run();
