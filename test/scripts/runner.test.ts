import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { startTicks } from '../../lib/lab/process.js';
import { findTests } from '../../scripts/testing/files.js';
import { pool } from '../../scripts/testing/pool.js';
import { closing, failureLines, fileLine } from '../../scripts/testing/report.js';
import { type FileResult, runFile } from '../../scripts/testing/run-file.js';
import { type Summary, summarise } from '../../scripts/testing/summary.js';

type Case = { name: string; output: string; code: number | null; expect: Summary };

for (const wanted of parse(readFileSync('test/scripts/summary.cases.yml', 'utf8')) as Case[]) {
  test(`counts: ${wanted.name}`, () => {
    const { name: _, output, code, expect, ...unknown } = wanted;
    assert.equal(unknown, {});
    assert.equal(summarise(output, code), expect);
  });
}

const dir = mkdtempSync(join(tmpdir(), 'runner-'));
const never = new AbortController().signal;
test.after(() => rmSync(dir, { recursive: true }));

function file(name: string, text: string): string {
  const path = join(dir, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

test('a file is run and counted', async () => {
  const uvu = JSON.stringify(join(process.cwd(), 'node_modules/uvu/dist/index.mjs'));
  const body = "test('a', () => {}); test('b', () => { throw new Error('as meant'); }); test.run();";
  const result = await runFile(file('one.test.mts', `import { test } from ${uvu}; ${body}`), 60, never);
  assert.equal([result.passed, result.failed, result.timedOut], [1, 1, false]);
  assert.match(result.output, /as meant/);
  const lines = failureLines(result);
  assert.ok(lines.some((line) => /FAIL {2}"b"/.test(line)));
  assert.ok(lines.some((line) => /\| +as meant$/.test(line)));
  assert.not.ok(lines.some((line) => /node_modules|Total:|\| *$/.test(line)));
});

test('a file that hangs is ended with what it started', async () => {
  const text =
    "import { spawn } from 'node:child_process'; const c = spawn('sleep', ['600']); console.log('pid', c.pid);";
  const result = await runFile(file('hang.mts', text), 10, never);
  assert.ok(result.timedOut);
  assert.is(result.failed, 1);
  const pid = Number(result.output.match(/pid (\d+)/)?.[1]);
  assert.ok(pid > 0);
  if (process.platform === 'linux') assert.is(startTicks(pid), undefined);
});

test('the pool runs everything once and no more at a time than it may', async () => {
  const state = { now: 0, most: 0, seen: [] as number[] };
  await pool([1, 2, 3, 4, 5, 6, 7], 3, never, async (item) => {
    state.most = Math.max(state.most, ++state.now);
    await Promise.resolve();
    state.now--;
    state.seen.push(item);
  });
  assert.equal([state.most, state.seen.sort()], [3, [1, 2, 3, 4, 5, 6, 7]]);
});

test('the pool takes nothing more once it is stopped', async () => {
  const stop = new AbortController();
  const seen: number[] = [];
  await pool([1, 2, 3], 1, stop.signal, async (item) => {
    seen.push(item);
    stop.abort();
  });
  assert.equal(seen, [1]);
});

test('files with nodes are told apart, and chosen by part of their path', () => {
  for (const name of ['test/a.test.ts', 'test/b/c.test.ts', 'test/fleet/d.test.ts', 'test/fleet/fleet.ts'])
    file(name, '');
  assert.equal(findTests(dir), {
    unit: ['test/a.test.ts', 'test/b/c.test.ts'],
    fleet: ['test/fleet/d.test.ts'],
  });
  assert.equal(findTests(dir, ['./test/b']), { unit: ['test/b/c.test.ts'], fleet: [] });
});

const result = (over: Partial<FileResult>): FileResult => ({
  file: 'test/a.test.ts',
  seconds: 1.25,
  output: '',
  timedOut: false,
  passed: 1,
  failed: 0,
  skipped: 0,
  reasons: [],
  ...over,
});

test('one line per file', () => {
  assert.is(fileLine(result({ passed: 3 })), 'ok   test/a.test.ts  3 passed, 1.3 s');
  assert.is(fileLine(result({ failed: 2 })), 'FAIL test/a.test.ts  1 passed, 2 failed, 1.3 s');
  assert.is(
    fileLine(result({ passed: 0, skipped: 4, reasons: ['r'] })),
    'skip test/a.test.ts  0 passed, 4 skipped, 1.3 s',
  );
  assert.match(fileLine(result({ failed: 1, timedOut: true })), /ran out of time/);
});

test('the end says what was skipped and why, and counts', () => {
  const all = [
    result({ passed: 3 }),
    result({ failed: 1, skipped: 2, reasons: ['no root'] }),
    result({ skipped: 1 }),
  ];
  assert.equal(closing(all), [
    'skipped 2 tests: no root',
    'skipped 1 tests without a reason',
    '5 passed, 1 failed',
  ]);
});

test.run();
