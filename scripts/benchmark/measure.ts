import { spawn } from 'node:child_process';
import type { Program } from './programs.js';

/** Seconds that a program took, and what it printed on standard output. Throws when it fails. */
export async function timed(
  program: Program,
  environment: Readonly<Record<string, string>> = {},
): Promise<{ seconds: number; output: string }> {
  const [file, ...args] = program.argv;
  const env = { ...process.env, ...environment, ...program.env };
  const start = performance.now();
  const child = spawn(file!, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const out = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => {
    out.stdout += chunk;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    out.stderr += chunk;
  });
  const code = await new Promise<number | null>((done, fail) => {
    child.on('error', fail);
    child.on('close', done);
  });
  const seconds = (performance.now() - start) / 1000;
  if (code !== 0) throw new Error(`${program.name} ended with ${code}:\n${out.stdout}${out.stderr}`);
  return { seconds, output: out.stdout };
}

/** The value in the middle; of an even number of values the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** How many changes a recap of ansible-playbook's form counts over all hosts; undefined where there is none. */
export function changesIn(output: string): number | undefined {
  const counts = [...output.matchAll(/^\S+\s+: ok=\d+\s+changed=(\d+)/gm)].map((m) => Number(m[1]));
  return counts.length > 0 ? counts.reduce((sum, n) => sum + n, 0) : undefined;
}
