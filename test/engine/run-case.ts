import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
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
  const dir = fileURLToPath(new URL('./cases', import.meta.url));
  const files = readdirSync(dir).sort();
  const raws = files.flatMap((f) => parse(readFileSync(join(dir, f), 'utf8')) as Record<string, unknown>[]);
  return raws.map((raw) => {
    for (const key of Object.keys(raw)) if (!KEYS.has(key)) throw new Error(`unknown key '${key}' in a case`);
    return {
      name: String(raw.name),
      playbook: String(raw.playbook),
      args: (raw.args as string[] | undefined) ?? [],
    };
  });
}

/** Takes out what no two runs share: times, folders, Python's own result fields, and the text of an undefined variable. */
export function normal(text: string, dir: string): string {
  return text
    .replaceAll(dir, 'SCRATCH')
    .replaceAll(folder, 'PLAYBOOKS')
    .replace(HEADER, '')
    .replace(/^\+\+\+ after: \S+$/gm, '+++ after: FILE')
    .replace(
      /( {4}hosts \(\d+\):\n)((?: {6}\S+\n?)+)/g,
      (_, head: string, list: string) => head + sorted(list),
    )
    .replace(/"(delta|end|start)": "[^"]*"/g, '"$1": "T"')
    .replace(/("msg": ")((?:The task includes an option|The conditional check)[^\n]*)("\})/g, '$1UNDEFINED$3')
    .replace(/"reason": "(Could not find|the task file)[^\n]*"\}/g, '"reason": "Could not find"}')
    .trim();
}

/** What Ansible says at -v and -vv of its own installation, and of plug-ins. */
const HEADER =
  /^(ansible-playbook \[core[^\n]*| {2}(config file|configured module|ansible python|ansible collection|executable location|python version|jinja version|libyaml)[^\n]*|No config file found[^\n]*|Skipping callback[^\n]*|redirecting \(type[^\n]*|creating host via[^\n]*|An exception occurred during task[^\n]*)\n/gm;

/** Ansible lists hosts in the order of a Python set, which no two runs share. */
function sorted(list: string): string {
  return `${list.trimEnd().split('\n').sort().join('\n')}\n`;
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
    return { rc, out: normal(parts.out, dir), err: parts.err };
  } finally {
    process.chdir(before);
    delete process.env.SCRATCH;
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
      return { rc: 0, out: normal(out, dir), err: '' };
    } catch (error) {
      const failed = error as { status: number | null; stdout: string; stderr: string };
      if (failed.status === null) throw error;
      return { rc: failed.status, out: normal(failed.stdout, dir), err: failed.stderr };
    }
  });
}
