import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { toJson } from '../../lib/values/convert.js';
import type { JsonObject } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';

/** One inventory: its files, what it is called by, what patterns give, or the error it is refused with. */
export type Case = {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly source: string;
  readonly patterns?: Readonly<Record<string, readonly string[]>>;
  readonly error?: string;
  /** False where Ansible's own answer differs on purpose. */
  readonly oracle?: boolean;
};

const KEYS = ['name', 'files', 'source', 'patterns', 'error', 'oracle'];

/** Reads a file of cases; an unknown key is an error. */
export function readCases(file: string, text = readFileSync(file, 'utf8')): Case[] {
  const cases = toJson(parseYaml(text, file) as Value) as JsonObject[];
  for (const one of cases)
    for (const key of Object.keys(one))
      if (!KEYS.includes(key)) throw new Error(`${file}: unknown key '${key}' in case '${String(one.name)}'`);
  return cases as unknown as Case[];
}

/** Writes files below a new folder, calls back with it, and removes it again. Files that begin with #! are executable. */
export function inFolder<T>(files: Readonly<Record<string, string>>, work: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'ffe-test-'));
  const write = () => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
      if (text.startsWith('#!')) chmodSync(join(dir, name), 0o755);
    }
  };
  const clean = () => rmSync(dir, { recursive: true, force: true });
  try {
    write();
    const result = work(dir);
    if (result instanceof Promise) return result.finally(clean) as T;
    clean();
    return result;
  } catch (error) {
    clean();
    throw error;
  }
}
