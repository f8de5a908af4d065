import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, parse } from 'node:path';
import type { Module } from '../modules/module.js';
import { styleOf } from '../modules/node-program/style.js';
import { programModule } from '../modules/node-program.js';
import { statOf } from '../values/stat.js';
import { collectionRoots } from './collection-roots.js';
import type { Place } from './loading.js';

// Files of a library folder that are no modules (core 2.14, MODULE_IGNORE_EXTS).
const IGNORED = /(?:\.(?:pyc|pyo|swp|bak|rpm|md|txt|rst|yaml|yml|ini)|~)$/;

const expandHome = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

/** The folders that hold the modules of a place: of its role, beside the playbook, and those of the configuration. */
function libraryFolders(place: Place): string[] {
  const { dir, options } = place.loading;
  const roles = place.use ? [place.use.role.path] : [];
  return [...[...roles, dir].map((at) => join(at, 'library')), ...(options.modulePath ?? []).map(expandHome)];
}

function collectionFolders(collection: string, place: Place): string[] {
  const roots = collectionRoots(place.loading);
  return roots.map((root) => join(root, ...collection.split('.'), 'plugins', 'modules'));
}

function filesNamed(name: string, folder: string): string[] {
  if (!statOf(folder)?.isDirectory()) return [];
  const found = readdirSync(folder).filter((file) => parse(file).name === name && !IGNORED.test(file));
  // TypeScript first: a file of that kind is there for this program.
  return found
    .sort((a, b) => Number(b.endsWith('.ts')) - Number(a.endsWith('.ts')) || (a < b ? -1 : 1))
    .map((file) => join(folder, file));
}

/** Files that a module's name stands for, best first: `x`, `ansible.legacy.x`, or `space.collection.x`. */
function filesFor(name: string, place: Place): string[] {
  const full = /^(\w+\.\w+)\.(\w+)$/.exec(name);
  const legacy = full === null || full[1] === 'ansible.legacy';
  const short = full?.[2] ?? name;
  if (!/^[\w-]+$/.test(short)) return [];
  const folders = legacy ? libraryFolders(place) : collectionFolders(full[1]!, place);
  return folders.flatMap((folder) => filesNamed(short, folder));
}

const needsAnsible = (file: string): boolean =>
  ['python', 'powershell'].includes(styleOf(readFileSync(file)));

/** The module of that name in a `library` folder or a collection: in TypeScript, or a program that the node runs. */
export function libraryModule(name: string, place: Place): Module | undefined {
  const { library } = place.loading.options;
  for (const file of filesFor(name, place)) {
    if (file.endsWith('.ts')) {
      if (library) return library(file);
    } else if (!needsAnsible(file)) return programModule(file);
  }
  return undefined;
}

/** The file of that name which only Ansible itself could run. */
export function unusableModule(name: string, place: Place): string | undefined {
  return filesFor(name, place).find((file) => !file.endsWith('.ts') && needsAnsible(file));
}
