import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** One case as the oracle reads it. */
export type Case = {
  id: string;
  kind: 'value' | 'cond' | 'template';
  source: string;
  vars?: Record<string, unknown>;
  files?: Record<string, string>;
  opts?: Record<string, unknown>;
};

type Entry = string | { source: string; vars?: Case['vars']; files?: Case['files']; opts?: Case['opts'] };
type CaseFile = { kind: Case['kind']; vars?: Case['vars']; cases: Entry[] };

const FOLDER = join(import.meta.dirname, '..', 'cases');

function known(where: string, value: object, keys: readonly string[]): void {
  for (const key of Object.keys(value))
    if (!keys.includes(key)) throw new Error(`${where}: unknown key '${key}'`);
}

function toCase(file: CaseFile, entry: Entry, name: string, seen: Map<string, number>): Case {
  const own = typeof entry === 'string' ? { source: entry } : entry;
  known(`${name}: ${own.source}`, own, ['source', 'vars', 'files', 'opts']);
  const count = (seen.get(own.source) ?? 0) + 1;
  seen.set(own.source, count);
  const id = `${name}: ${own.source}${count > 1 ? ` #${count}` : ''}`;
  return { id, kind: file.kind, ...own, vars: { ...file.vars, ...own.vars } };
}

/** All cases by the name of their file. */
export function readCases(): Map<string, Case[]> {
  const out = new Map<string, Case[]>();
  for (const name of readdirSync(FOLDER).filter((f) => f.endsWith('.yml'))) {
    const file = parse(readFileSync(join(FOLDER, name), 'utf8')) as CaseFile;
    known(name, file, ['kind', 'vars', 'cases']);
    const seen = new Map<string, number>();
    out.set(
      name.replace('.yml', ''),
      file.cases.map((entry) => toCase(file, entry, name.replace('.yml', ''), seen)),
    );
  }
  return out;
}
