import { spawn } from 'node:child_process';
import { join } from 'node:path';

function start(root: string, args: readonly string[], out: 'inherit' | 'pipe') {
  const child = spawn(process.execPath, [join(root, 'bin/ffe-provision'), ...args], {
    cwd: root,
    stdio: ['inherit', out, 'inherit'],
  });
  // Ctrl-C reaches the child by itself; this process waits for it to clean up.
  const wait = () => {};
  process.on('SIGINT', wait);
  child.on('close', () => process.off('SIGINT', wait));
  return child;
}

/** Runs the program on this terminal and answers its exit code; 130 when a signal ended it. */
export function show(root: string, args: readonly string[]): Promise<number> {
  const child = start(root, args, 'inherit');
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done(code ?? 130));
  });
}

/** Runs the program and answers what it printed. */
export function capture(root: string, args: readonly string[]): Promise<{ code: number; stdout: string }> {
  const child = start(root, args, 'pipe');
  const chunks: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? 130, stdout: Buffer.concat(chunks).toString('utf8') }));
  });
}
