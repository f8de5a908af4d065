import type { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { nameElsewhere } from '../modules/elsewhere.js';
import { failing, foreign } from '../modules/foreign.js';
import type { Module } from '../modules/module.js';
import { posOf } from '../values/position.js';
import type { Value } from '../values/value.js';
import { collectionsInForce } from './collection-roots.js';
import { TASK } from './keywords.js';
import { libraryModule, unusableModule } from './library-module.js';
import type { Place } from './loading.js';
import { type Dict, keyError } from './raw.js';
import { redirectOf } from './routing.js';

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
  const short = withoutBuiltin(name);
  return BUILTIN_ACTIONS.find((action) => action === short);
}

/** Ansible's own collection sends on the names that it held before there were others: `ansible.builtin.npm`. */
function withoutBuiltin(name: string): string {
  return name.replace(/^ansible\.(?:builtin|legacy)\./, '');
}

/** The module that a collection says a name of its own stands for, perhaps by another such name. */
function redirected(name: string, place: Place, seen: readonly string[] = []): Module | undefined {
  const target = seen.includes(name) ? undefined : redirectOf(name, place);
  if (target === undefined) return undefined;
  const { modules } = place.loading.options;
  return modules.get(target) ?? libraryModule(target, place) ?? redirected(target, place, [...seen, name]);
}

/** The module of that name, also from the collections in force or a `library` folder. */
export function findModule(name: string, dict: Dict, place: Place): Module | undefined {
  const { modules } = place.loading.options;
  const known = modules.get(name) ?? modules.get(withoutBuiltin(name));
  if (known) return known;
  for (const collection of name.includes('.') ? [] : collectionsInForce(place, dict)) {
    const full = `${collection}.${name}`;
    const found = modules.get(full) ?? libraryModule(full, place) ?? redirected(full, place);
    if (found) return found;
  }
  return (
    libraryModule(name, place) ??
    redirected(name, place) ??
    foreign.get(withoutBuiltin(name)) ??
    guardedModule(name, dict, place)
  );
}

/** Whether a condition decides if the task runs. */
function guarded(dict: Dict, place: Place): boolean {
  if (dict.has('when')) return true;
  for (let f = place.frame as Place['frame'] | undefined; f; f = f.parent) if (f.when.length > 0) return true;
  return false;
}

/** Why a module of Ansible's cannot be run; undefined for a name that is none. */
function unavailable(name: string, place: Place): string | undefined {
  const file = unusableModule(name, place);
  if (file) {
    const what = file.endsWith('.ps1')
      ? 'is a PowerShell module of Ansible ('
      : 'is a Python module of Ansible (';
    return `'${name}' ${what}${file}), and those are not run`;
  }
  const full = nameElsewhere(withoutBuiltin(name));
  return full && `'${name}' is a module of Ansible's (${full}) that is not part of this program`;
}

/** Of a module that cannot be run, behind a condition: a role may name it for other systems than these. */
function guardedModule(name: string, dict: Dict, place: Place): Module | undefined {
  const why = guarded(dict, place) ? unavailable(name, place) : undefined;
  if (why === undefined) return undefined;
  place.loading.warnings.push({ text: `this task will fail if it runs: ${why}`, pos: posOf(dict) });
  return failing(name, '', 'Cannot be run', why);
}

/** The error for a name that is neither a module nor a keyword. */
export function unknownAction(name: string, dict: Dict, key: Value, place: Place): FfeError {
  const why = unavailable(name, place);
  const own = `library/${name.split('.').at(-1)}.ts`;
  if (why)
    return keyError(
      'unsupported',
      why,
      dict,
      key,
      `write it in TypeScript as ${own}, or as a program that needs nothing of Ansible`,
    );
  const known = [...place.loading.options.modules.keys(), ...BUILTIN_ACTIONS, ...Object.keys(TASK)];
  return keyError(
    'unknown-name',
    `'${name}' is neither a module nor a keyword of a task${didYouMean(name, known)}`,
    dict,
    key,
  );
}
