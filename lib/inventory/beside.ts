import { readdirSync } from 'node:fs';
import { extname, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { posOf } from '../values/position.js';
import { statOf } from '../values/stat.js';
import type { Raw } from '../values/value.js';
import { type FileOptions, readYaml } from '../yaml/file.js';
import type { BesideVars, VarBlock } from './inventory.js';

// Ansible takes the first of these that exists for a name.
const EXTENSIONS = ['', '.yml', '.yaml', '.json'];

function entries(dir: string): string[] {
  try {
    return readdirSync(dir).sort();
  } catch {
    return [];
  }
}

function isFolder(path: string): boolean {
  return statOf(path)?.isDirectory() ?? false;
}

/** All vars files of a folder, in the order of their names, folders in it included. */
function filesBelow(dir: string): string[] {
  return entries(dir).flatMap((name) => {
    const path = join(dir, name);
    if (name.startsWith('.') || name.endsWith('~')) return [];
    if (isFolder(path)) return filesBelow(path);
    return EXTENSIONS.includes(extname(name)) ? [path] : [];
  });
}

function filesFor(dir: string, present: ReadonlySet<string>, name: string): string[] {
  const found = EXTENSIONS.map((ext) => name + ext).find((candidate) => present.has(candidate));
  if (found === undefined) return [];
  const path = join(dir, found);
  return isFolder(path) ? filesBelow(path) : [path];
}

/** Reads one vars file: a dict, a list of dicts of which later ones win, or empty. Throws an FfeError with position. */
export function readVarsFile(file: string, options: FileOptions = {}): Map<string, Raw> {
  const root = readYaml(file, options);
  if (root === null) return new Map();
  if (root instanceof Map) return root as Map<string, Raw>;
  if (Array.isArray(root) && root.every((part) => (part as Raw) instanceof Map))
    return new Map((root as Map<string, Raw>[]).flatMap((part) => [...part]));
  throw new FfeError('bad-value', 'a vars file holds a dict of variables', {
    pos: posOf(root) ?? { file, line: 1, col: 1 },
  });
}

/** A file that cannot be decrypted is an error only for who needs it: other hosts may run without the secret. */
function blockOf(file: string, options: FileOptions): VarBlock {
  try {
    return { source: file, vars: readVarsFile(file, options) };
  } catch (error) {
    if (!(error instanceof FfeError) || error.code !== 'vault') throw error;
    return {
      source: file,
      get vars(): Map<string, Raw> {
        throw error;
      },
    };
  }
}

function folder(dir: string, options: FileOptions): (name: string) => readonly VarBlock[] {
  const present = new Set(entries(dir));
  const known = new Map<string, readonly VarBlock[]>();
  return (name) => {
    const before = known.get(name);
    if (before) return before;
    const blocks = filesFor(dir, present, name).map((file) => blockOf(file, options));
    known.set(name, blocks);
    return blocks;
  };
}

/**
 * The group_vars and host_vars folders of some directories (beside an inventory or a playbook), later ones above
 * earlier ones. Files are read when a name is first asked for; that throws an FfeError when one is not valid.
 */
export function besideVars(dirs: readonly string[], options: FileOptions = {}): BesideVars {
  const groups = dirs.map((dir) => folder(join(dir, 'group_vars'), options));
  const hosts = dirs.map((dir) => folder(join(dir, 'host_vars'), options));
  return {
    group: (name) => groups.flatMap((of) => of(name)),
    host: (name) => hosts.flatMap((of) => of(name)),
  };
}
