import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { foreign } from '../modules/foreign.js';
import type { Module } from '../modules/module.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import { TASK } from './keywords.js';
import type { Place } from './loading.js';
import { type Dict, keyError } from './raw.js';

/** Actions that are no modules: the loader and the engine carry them out themselves. */
export const BUILTIN_ACTIONS = [
  'import_tasks',
  'include_tasks',
  'import_role',
  'include_role',
  'include',
  'meta',
] as const;
export type BuiltinAction = (typeof BUILTIN_ACTIONS)[number];

/** The builtin action of that name, with or without its collection. */
export function builtinOf(name: string): BuiltinAction | undefined {
  const short = name.replace(/^ansible\.(?:builtin|legacy)\./, '');
  return BUILTIN_ACTIONS.find((action) => action === short);
}

function pluginFolders(place: Place): string[] {
  return [...(place.use ? [place.use.role.path] : []), place.loading.dir].map((dir) => join(dir, 'library'));
}

function fromLibrary(name: string, place: Place): Module | undefined {
  const { library } = place.loading.options;
  if (!/^\w+$/.test(name)) return undefined;
  for (const dir of pluginFolders(place)) {
    const file = join(dir, `${name}.ts`);
    if (library && existsSync(file)) return library(file);
  }
  return undefined;
}

function collectionsOf(place: Place, dict: Dict): string[] {
  const own = dict.get('collections');
  if (Array.isArray(own)) return own.map((c) => str(c as Value));
  for (let frame = place.frame as Place['frame'] | undefined; frame; frame = frame.parent) {
    const value = frame.directives.get('collections')?.value;
    if (Array.isArray(value)) return value.map((c) => str(c as Value));
  }
  return [];
}

/** The module of that name, also from the collections in force or a `library` folder. */
export function findModule(name: string, dict: Dict, place: Place): Module | undefined {
  const { modules } = place.loading.options;
  const known = modules.get(name);
  if (known) return known;
  for (const collection of name.includes('.') ? [] : collectionsOf(place, dict)) {
    const found = modules.get(`${collection}.${name}`);
    if (found) return found;
  }
  return fromLibrary(name, place) ?? foreign.get(name);
}

/** The error for a name that is neither a module nor a keyword. */
export function unknownAction(name: string, dict: Dict, key: Value, place: Place): FfeError {
  for (const dir of pluginFolders(place))
    if (existsSync(join(dir, `${name}.py`)))
      return keyError(
        'unsupported',
        `'${name}' is a Python module (${join(dir, `${name}.py`)}), and those are not run`,
        dict,
        key,
        `write it in TypeScript as library/${name}.ts`,
      );
  const known = [...place.loading.options.modules.keys(), ...BUILTIN_ACTIONS, ...Object.keys(TASK)];
  return keyError(
    'unknown-name',
    `'${name}' is neither a module nor a keyword of a task${didYouMean(name, known)}`,
    dict,
    key,
  );
}
