import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { killGroup } from './kill-group.js';
import type { FileResult } from './run-file.js';
import { leftOut, reasonsIn, type Summary } from './summary.js';

const WORKER = fileURLToPath(new URL('./worker.ts', import.meta.url));

const LATE = 'ran out of time';

/** Runs test files one after another in one process, which is replaced when a file ends or outstays its time. */
export type SharedProcess = { run: (file: string) => Promise<FileResult>; end: () => void };

type Live = { child: ChildProcess; log: string };

function start(folder: string, number: number): Live {
  const log = join(folder, `${number}.log`);
  const fd = openSync(log, 'a');
  const child = spawn(process.execPath, ['--import', 'tsx', WORKER], {
    env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' },
    detached: true,
    stdio: ['ignore', fd, fd, 'ipc'],
  });
  closeSync(fd);
  return { child, log };
}

/** The worker's answer about a file; what ended it instead, when it did not answer. */
function ask({ child }: Live, file: string, limit: number, signal: AbortSignal): Promise<Summary | string> {
  return new Promise((done) => {
    const finish = (answer: Summary | string) => {
      clearTimeout(timer);
      child.removeAllListeners();
      signal.removeEventListener('abort', stop);
      done(answer);
    };
    const stop = () => finish('stopped');
    const timer = setTimeout(finish, limit * 1000, LATE);
    child.once('message', (summary) => finish(summary as Summary));
    child.once('error', (error) => finish(String(error)));
    child.once('exit', (code, by) => finish(`ended its process (${by ?? `exit code ${code}`})`));
    signal.addEventListener('abort', stop, { once: true });
    child.send(file);
  });
}

function judge(file: string, output: string, answer: Summary | string): Omit<FileResult, 'file' | 'seconds'> {
  const reasons = reasonsIn(output);
  const failure = (why: string) => ({
    passed: 0,
    failed: 1,
    skipped: 0,
    reasons,
    output: `${output}\n${file}: ${why}\n`,
  });
  if (typeof answer === 'string') return { ...failure(answer), timedOut: answer === LATE };
  const silent =
    answer.passed + answer.failed + answer.skipped === 0 && reasons.length === 0 && !leftOut(output);
  if (silent) return { ...failure('it runs no test'), timedOut: false };
  return { ...answer, reasons, output, timedOut: false };
}

/** Prepares such a process; each file may take `limit` seconds. The process is started when the first file comes. */
export function sharedProcess(limit: number, signal: AbortSignal): SharedProcess {
  const folder = mkdtempSync(join(tmpdir(), 'ffe-tests-'));
  const state: { live?: Live; started: number } = { started: 0 };
  const drop = () => {
    killGroup(state.live?.child.pid, 'SIGKILL');
    delete state.live;
  };
  const run = async (file: string): Promise<FileResult> => {
    state.live ??= start(folder, state.started++);
    const { log } = state.live;
    const from = statSync(log).size;
    const began = Date.now();
    const answer = await ask(state.live, file, limit, signal);
    if (typeof answer === 'string') drop();
    const seconds = (Date.now() - began) / 1000;
    const output = readFileSync(log).subarray(from).toString();
    return { file, seconds, ...judge(file, output, answer) };
  };
  const end = () => {
    drop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { run, end };
}
