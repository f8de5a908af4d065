import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { readJson } from '../template/json-read.js';
import { writeJson } from '../template/json-write.js';
import { statOf } from '../values/stat.js';
import type { Value } from '../values/value.js';

/** Facts of hosts that outlive a run, by their variables' names (`ansible_system`). */
export type FactCache = {
  /** What is known of a host; undefined when nothing is, or nothing recent enough. */
  readonly read: (host: string) => ReadonlyMap<string, Value> | undefined;
  readonly write: (host: string, facts: ReadonlyMap<string, Value>) => void;
  readonly remove: (host: string) => void;
};

/** Where the files are, what their names begin with, and for how many seconds they count (0: for ever). */
export type FactCacheOptions = { readonly dir: string; readonly prefix: string; readonly timeout: number };

function folder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true });
  } catch (cause) {
    throw new FfeError('unsupported', `the folder of the fact cache, ${dir}, cannot be made`, { cause });
  }
}

function recent(file: string, timeout: number): boolean {
  const stat = statOf(file);
  return stat !== undefined && (timeout === 0 || Date.now() - stat.mtimeMs <= timeout * 1000);
}

function factsIn(file: string): ReadonlyMap<string, Value> {
  try {
    const facts = readJson(readFileSync(file, 'utf8'));
    if (facts instanceof Map) return facts as ReadonlyMap<string, Value>;
  } catch (cause) {
    rmSync(file, { force: true });
    throw new FfeError('bad-value', `the cache file ${file} was corrupt`, {
      hint: 'it has been removed: run the command again',
      cause,
    });
  }
  throw new FfeError('bad-value', `the cache file ${file} must hold a JSON object`, {
    pos: { file, line: 1, col: 1 },
  });
}

/**
 * Facts in one JSON file per host, as Ansible's cache plug-in `jsonfile` keeps them (its documentation): both can share a
 * folder. A file is replaced as a whole, so that no reader sees half of it.
 */
export function fileFactCache({ dir, prefix, timeout }: FactCacheOptions): FactCache {
  folder(dir);
  const fileOf = (host: string): string => join(dir, `${prefix}${host.replaceAll('/', '_')}`);
  return {
    read: (host) => (recent(fileOf(host), timeout) ? factsIn(fileOf(host)) : undefined),
    write: (host, facts) => {
      const file = fileOf(host);
      const fresh = join(dir, `.${prefix}${host.replaceAll('/', '_')}.${process.pid}`);
      const text = writeJson(new Map(facts), { indent: '    ', sortKeys: true });
      writeFileSync(fresh, text, { mode: 0o600 });
      renameSync(fresh, file);
    },
    remove: (host) => rmSync(fileOf(host), { force: true }),
  };
}
