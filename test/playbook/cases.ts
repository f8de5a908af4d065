import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { FfeError, FfeErrors } from '../../lib/errors/error.js';
import { modules } from '../../lib/modules/index.js';
import { moduleTable } from '../../lib/modules/table.js';
import type { LoadOptions } from '../../lib/playbook/loading.js';
import type { Play } from '../../lib/playbook/tree.js';
import { walkPlay } from '../../lib/playbook/walk.js';
import { toJson } from '../../lib/values/convert.js';
import type { JsonObject } from '../../lib/values/json.js';
import type { Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';

/** An error that is expected: its place, and its message (a part of it, or a regular expression). */
export type Expected = { readonly at: string; readonly message: string; readonly regex?: boolean };

/** A playbook `site.yml` with its files, and what listing it shows or what it is refused with. */
export type Case = {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly list?: readonly string[];
  readonly errors?: readonly Expected[];
};

const KEYS = ['name', 'files', 'list', 'errors'];

/** Reads a file of cases; an unknown key is an error. */
export function readCases(file: string, text = readFileSync(file, 'utf8')): Case[] {
  const cases = toJson(parseYaml(text, file) as Value) as JsonObject[];
  for (const one of cases)
    for (const key of Object.keys(one))
      if (!KEYS.includes(key)) throw new Error(`${file}: unknown key '${key}'`);
  return cases as unknown as Case[];
}

/** The options of a loading with the real modules; a filter `no_such` is unknown. */
export function options(cwd: string): LoadOptions {
  return {
    modules: moduleTable(modules),
    cwd,
    checkTemplate: (text, kind, { pos }) => {
      if (text.includes('no_such')) throw new FfeError('unknown-name', `no_such in ${kind}`, { pos });
    },
  };
}

/** A play and its tasks as `--list-tasks` shows them. */
export function listed(play: Play): string[] {
  const hosts = play.hosts.value;
  const head = `play (${Array.isArray(hosts) ? hosts.join(',') : String(hosts)}) [${[...play.frame.tags].sort().join(', ')}]`;
  return [head, ...[...walkPlay(play)].map((l) => `${l.title} [${l.tags.join(', ')}]`)];
}

/** What a loading is refused with. */
export async function errorsOf(loading: Promise<unknown>): Promise<readonly FfeError[]> {
  try {
    await loading;
    return [];
  } catch (error) {
    if (error instanceof FfeErrors) return error.errors;
    if (error instanceof FfeError) return [error];
    throw error;
  }
}

/** `file:line:col` of an error, below a folder. */
export function placeOf(error: FfeError, dir: string): string {
  return error.pos ? `${relative(dir, error.pos.file)}:${error.pos.line}:${error.pos.col}` : 'nowhere';
}
