import { existsSync } from 'node:fs';
import { dirname, isAbsolute, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import { readYaml } from '../yaml/file.js';
import { checkKeywords } from './check-keywords.js';
import { collectionRoots } from './collection-roots.js';
import { missingFile } from './find-file.js';
import { frameOf, joined } from './frame.js';
import { staticText } from './include-tasks.js';
import { readItems } from './items.js';
import { IMPORT_PLAYBOOK } from './keywords.js';
import { attempt, type Loading, type LoadOptions, settleErrors, type Warning } from './loading.js';
import { type Imported, readPlay } from './play.js';
import { type Dict, keyError, kindOf, placeOf, textOf } from './raw.js';
import { readRoleUse } from './role-use.js';
import { parseKeyValue } from './split-args.js';
import type { Play, Playbook } from './tree.js';

export type { LoadOptions, Warning } from './loading.js';

/** A loaded playbook, and what is odd about it. */
export type Loaded = { readonly playbook: Playbook; readonly warnings: readonly Warning[] };

function newLoading(dir: string, options: LoadOptions): Loading {
  const files = new Map<string, Raw>();
  const warnings: Warning[] = [];
  const read = (file: string): Raw => {
    const known = files.get(file);
    if (known !== undefined) return known;
    const warn = (text: string, pos?: Warning['pos']) => void warnings.push({ text, pos });
    const root = readYaml(file, { unvault: options.unvault, warn, duplicates: options.duplicates });
    files.set(file, root);
    return root;
  };
  return { options, dir, dirs: [dir], errors: [], warnings, read, items: readItems, role: readRoleUse };
}

/** The file of a playbook: as given, or else in `playbooks/`. Throws an FfeError that names both. */
export function findPlaybook(name: string, cwd = process.cwd()): string {
  const tried = isAbsolute(name) ? [name] : [resolve(cwd, name), resolve(cwd, 'playbooks', name)];
  const found = tried.find((path) => existsSync(path));
  if (found) return found;
  const error = missingFile('the playbook', name, tried, { file: tried[0]!, line: 1, col: 1 });
  throw new FfeError('not-found', error.message, { notes: error.notes });
}

const IMPORTS = ['import_playbook', 'ansible.builtin.import_playbook', 'ansible.legacy.import_playbook'];

function importedBy(dict: Dict, file: string, loading: Loading, outer: Imported | undefined): Imported {
  const frame = frameOf('play', dict, { loading, file, parent: undefined });
  return {
    vars: joined([frame.vars, ...(outer ? [outer.vars] : [])]),
    tags: [...(outer?.tags ?? []), ...frame.tags],
    when: [...(outer?.when ?? []), ...frame.when],
  };
}

/** The file behind `ns.collection.playbook`, when that collection is there. */
function inCollection(name: string, roots: readonly string[]): string | undefined {
  const match = /^(\w+)\.(\w+)\.(\w+)$/.exec(name.replace(/\.ya?ml$/, ''));
  if (!match) return undefined;
  const [, namespace = '', collection = '', playbook = ''] = match;
  return roots
    .flatMap((root) =>
      ['.yml', '.yaml'].map((end) => resolve(root, namespace, collection, 'playbooks', playbook + end)),
    )
    .find((path) => existsSync(path));
}

function importPlaybook(
  dict: Dict,
  key: string,
  file: string,
  loading: Loading,
  outer: Imported | undefined,
  stack: readonly string[],
): Play[] {
  checkKeywords(loading, dict, IMPORT_PLAYBOOK, 'PlaybookInclude', (name) => name === key);
  const text = textOf(dict.get(key));
  if (!text) throw keyError('bad-value', 'import_playbook names no file', dict, key);
  const pos = placeOf(dict, file, key);
  const { pairs, rest } = parseKeyValue(text);
  const by = importedBy(dict, file, loading, outer);
  const imported =
    pairs.length > 0 ? { ...by, vars: joined([by.vars, new Map(pairs.map((p) => [p.key, p.value]))]) } : by;
  const frame = frameOf('play', new Map(), { loading, file, parent: undefined, pos });
  const name = staticText((rest ?? '').trim(), loading, { ...frame, vars: imported.vars }, pos);
  const path = inCollection(name, collectionRoots(loading)) ?? resolve(dirname(file), name);
  if (!existsSync(path)) throw missingFile('the playbook', name, [path], pos);
  if (stack.includes(path)) throw new FfeError('bad-value', `'${name}' imports itself`, { pos });
  const dir = dirname(path);
  const dirs = [...new Set([dir, ...loading.dirs])];
  return readPlays(path, { ...loading, dir, dirs }, imported, [...stack, path]);
}

function readPlays(
  file: string,
  loading: Loading,
  imported: Imported | undefined,
  stack: readonly string[],
): Play[] {
  const list = loading.read(file);
  if (!Array.isArray(list))
    throw new FfeError('bad-value', `a playbook is a list of plays, and here is ${kindOf(list)}`, {
      pos: placeOf(list, file),
      hint: list instanceof Map ? 'each play begins with a dash' : undefined,
    });
  if (list.length === 0)
    throw new FfeError('bad-value', 'A playbook must contain at least one play', {
      pos: placeOf(list, file),
    });
  return (list as Raw[]).flatMap((raw, i) => {
    if (!(raw instanceof Map)) {
      loading.errors.push(
        new FfeError('bad-value', `a play is a dict, not ${kindOf(raw)}`, { pos: placeOf(list, file, i) }),
      );
      return [];
    }
    const dict = raw as Dict;
    const key = [...dict.keys()].map((k) => str(k)).find((k) => IMPORTS.includes(k));
    if (key) return attempt(loading, () => importPlaybook(dict, key, file, loading, imported, stack)) ?? [];
    return readPlay(dict, file, loading, imported) ?? [];
  });
}

/** Reads a play that no file holds, as if it stood in `file`. Throws an FfeError, or FfeErrors with all errors together. */
export function loadAdHoc(play: ReadonlyMap<string, Raw>, file: string, options: LoadOptions): Loaded {
  const loading = newLoading(dirname(file), options);
  options.plugins?.(loading.dir);
  const read = attempt(loading, () => readPlay(play as Dict, file, loading, undefined));
  settleErrors(loading);
  return { playbook: { file, plays: read ? [read] : [] }, warnings: loading.warnings };
}

/**
 * Loads a playbook with everything it names that is known before the run. Throws an FfeError, or FfeErrors with all
 * errors of all files together.
 */
export async function loadPlaybook(name: string, options: LoadOptions): Promise<Loaded> {
  const file = inCollection(name, collectionRoots({ dirs: [], options })) ?? findPlaybook(name, options.cwd);
  const loading = newLoading(dirname(file), options);
  options.plugins?.(loading.dir);
  const plays = attempt(loading, () => readPlays(file, loading, undefined, [file])) ?? [];
  settleErrors(loading);
  return { playbook: { file, plays }, warnings: loading.warnings };
}
