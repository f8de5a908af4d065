import { spawn } from 'node:child_process';
import { killGroup } from './kill-group.js';
import { type Summary, summarise } from './summary.js';

/** The outcome of one test file; `seconds` is wall time, `output` both its streams in order. */
export type FileResult = Summary & { file: string; seconds: number; output: string; timedOut: boolean };

const GRACE_SECONDS = 20;

/** Runs one test file in a process group of its own and ends all of it after `limit` seconds. */
export function runFile(file: string, limit: number, signal: AbortSignal): Promise<FileResult> {
  const began = Date.now();
  const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' };
  const child = spawn(process.execPath, ['--import', 'tsx', file], {
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const seen = { output: '', timedOut: false };
  const end = () => {
    killGroup(child.pid, 'SIGTERM');
    setTimeout(killGroup, 5000, child.pid, 'SIGKILL').unref();
  };
  const timer = setTimeout(() => {
    seen.timedOut = true;
    end();
  }, limit * 1000);
  signal.addEventListener('abort', end, { once: true });
  // uvu prints its duration after the last test; an open connection or a child would keep the process from ending.
  const linger = () => {
    seen.output += `\nstill running ${GRACE_SECONDS} s after its last test: something is left open\n`;
    seen.timedOut = true;
    end();
  };
  const timers = [timer];
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      seen.output += chunk;
      if (timers.length === 1 && /^\s*Duration:\s+[\d.]+ms/m.test(chunk)) {
        timers.push(setTimeout(linger, GRACE_SECONDS * 1000));
      }
    });
  }
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => {
      for (const each of timers) clearTimeout(each);
      signal.removeEventListener('abort', end);
      killGroup(child.pid, 'SIGKILL'); // whatever the file left running
      done({ file, seconds: (Date.now() - began) / 1000, ...seen, ...summarise(seen.output, code) });
    });
  });
}
