import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { main } from '../../lib/cli/main.js';

/** A playbook and the arguments it is run with. */
export type Case = { readonly name: string; readonly playbook: string; readonly args: readonly string[] };

/** What a run printed, with everything that changes from run to run replaced, and its exit code. */
export type Ran = { readonly rc: number; readonly out: string; readonly err: string };

export const folder = fileURLToPath(new URL('./playbooks', import.meta.url));
const KEYS = new Set(['name', 'playbook', 'args']);

/** Reads the cases; a key that is not known fails. */
export function readCases(): Case[] {
  const file = fileURLToPath(new URL('./cases.yml', import.meta.url));
  return (parse(readFileSync(file, 'utf8')) as Record<string, unknown>[]).map((raw) => {
    for (const key of Object.keys(raw))
      if (!KEYS.has(key)) throw new Error(`unknown key '${key}' in cases.yml`);
    return {
      name: String(raw.name),
      playbook: String(raw.playbook),
      args: (raw.args as string[] | undefined) ?? [],
    };
  });
}

/** Takes out what no two runs share: times, folders, Python's own result fields, and the text of an undefined variable. */
export function normal(text: string): string {
  return text
    .replaceAll(folder, 'PLAYBOOKS')
    .replace(/"(delta|end|start)": "[^"]*"/g, '"$1": "T"')
    .replace(/("msg": ")((?:The task includes an option|The conditional check)[^\n]*)("\})/g, '$1UNDEFINED$3')
    .replace(/"reason": "(Could not find|the task file)[^\n]*"\}/g, '"reason": "Could not find"}')
    .trim();
}

function withScratch<T>(run: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-engine-'));
  try {
    return run(dir);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const words = (one: Case): string[] => ['-i', 'hosts.ini', '-f', '1', one.playbook, ...one.args];

/** Runs a case with our engine, in this process. */
export async function runOurs(one: Case): Promise<Ran> {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-engine-'));
  const before = process.cwd();
  const parts = { out: '', err: '' };
  process.chdir(folder);
  process.env.SCRATCH = dir;
  try {
    const io = {
      out: (t: string) => {
        parts.out += t;
      },
      err: (t: string) => {
        parts.err += t;
      },
      colour: false,
    };
    const rc = await main(words(one), io);
    return { rc, out: normal(parts.out), err: parts.err };
  } finally {
    process.chdir(before);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Runs a case with ansible-playbook. */
export function runAnsible(one: Case): Ran {
  return withScratch((dir) => {
    const env = {
      ...process.env,
      SCRATCH: dir,
      ANSIBLE_DEPRECATION_WARNINGS: 'false',
      ANSIBLE_NOCOLOR: '1',
      ANSIBLE_FORKS: '1',
    };
    try {
      const out = execFileSync('ansible-playbook', words(one), {
        cwd: folder,
        env,
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 120_000,
      });
      return { rc: 0, out: normal(out), err: '' };
    } catch (error) {
      const failed = error as { status: number | null; stdout: string; stderr: string };
      if (failed.status === null) throw error;
      return { rc: failed.status, out: normal(failed.stdout), err: failed.stderr };
    }
  });
}
