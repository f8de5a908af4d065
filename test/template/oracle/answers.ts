import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Case } from './cases.js';

/** What the oracle says: the result's repr(), or an error. */
export type Said = { id: string; text?: string; error?: string };

const PYTHON = '/usr/bin/python3';
const RECORDED = join(import.meta.dirname, '..', 'recorded');

/** True where ansible-core can be imported. */
export function hasAnsible(): boolean {
  return spawnSync(PYTHON, ['-c', 'import ansible.template']).status === 0;
}

/** Asks ansible-core itself. */
export function ask(cases: readonly Case[]): Said[] {
  const result = spawnSync(PYTHON, [join(import.meta.dirname, 'oracle.py')], {
    input: cases.map((c) => `${JSON.stringify(c)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: {
      PATH: '/usr/bin:/bin',
      LANG: 'C.UTF-8',
      HOME: '/nonexistent',
      ANSIBLE_LOCAL_TEMP: '/tmp',
      TZ: 'UTC',
    },
  });
  if (result.status !== 0) throw new Error(`the oracle failed: ${result.stderr}`);
  return result.stdout
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Said);
}

/** What was recorded when the cases were written. */
export function recorded(name: string): Said[] {
  const path = join(RECORDED, `${name}.json`);
  return existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Said[]) : [];
}

/** Records answers; errors by their presence only, since their texts hold paths. */
export function record(name: string, said: readonly Said[]): void {
  mkdirSync(RECORDED, { recursive: true });
  const kept = said.map((s) => (s.error === undefined ? s : { id: s.id, error: s.error.split(':')[0]! }));
  writeFileSync(join(RECORDED, `${name}.json`), `[\n${kept.map((k) => JSON.stringify(k)).join(',\n')}\n]\n`);
}
