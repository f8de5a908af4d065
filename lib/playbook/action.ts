import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import type { Module } from '../modules/module.js';
import { mark, posOf } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { textPos } from '../yaml/marks.js';
import { joined } from './frame.js';
import { HANDLER, TASK } from './keywords.js';
import { AlreadyReportedError, type Place } from './loading.js';
import { type Dict, isTemplate, keyError, kindOf, placeOf } from './raw.js';
import { parseKeyValue } from './split-args.js';
import type { At } from './tree.js';

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

/** What a task calls: a module or a builtin action, and its arguments as written. */
export type Action = {
  readonly written: string;
  readonly module?: Module;
  readonly builtin?: BuiltinAction;
  readonly args: ReadonlyMap<string, Raw>;
  readonly argsTemplate?: At;
  /** True for local_action. */
  readonly local: boolean;
  readonly key: Value;
};

// What may stand as key=value within the free-form text of these modules (core 2.14).
const COMMANDS = new Set(['command', 'shell', 'script', 'raw']);
const COMMAND_KEYS: ReadonlySet<string> = new Set([
  'creates',
  'removes',
  'chdir',
  'executable',
  'warn',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
]);

function builtinOf(name: string): BuiltinAction | undefined {
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
function findModule(name: string, dict: Dict, place: Place): Module | undefined {
  const { modules } = place.loading.options;
  const known = modules.get(name);
  if (known) return known;
  for (const collection of name.includes('.') ? [] : collectionsOf(place, dict)) {
    const found = modules.get(`${collection}.${name}`);
    if (found) return found;
  }
  return fromLibrary(name, place);
}

function unknownAction(name: string, dict: Dict, key: Value, place: Place): FfeError {
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

/** Keys of a task that are no keywords: one of them should be its module. */
function candidates(dict: Dict, place: Place): string[] {
  const keywords = place.handler ? HANDLER : TASK;
  return [...dict.keys()]
    .map((key) => str(key))
    .filter((key) => !(key in keywords) && !key.startsWith('with_'));
}

function argsFromText(
  text: string,
  owner: Dict,
  key: Value,
  action: Pick<Action, 'module' | 'builtin'>,
  file: string,
): Pick<Action, 'args' | 'argsTemplate'> {
  const freeForm = action.module?.freeForm;
  const pos = textPos(owner, key, 1, 1) ?? placeOf(owner, file, key);
  if (freeForm && !freeForm.split) return { args: marked(new Map([['_raw_params', text]]), () => pos, pos) };
  const only = action.module && COMMANDS.has(action.module.name) ? COMMAND_KEYS : undefined;
  const parsed = withPos(() => parseKeyValue(text, only), pos);
  const args = new Map<string, Raw>(parsed.pairs.map((p) => [p.key, p.value]));
  const offsets = new Map(parsed.pairs.map((p) => [p.key, p.offset]));
  const place = (name: unknown) => {
    const before = text.slice(0, offsets.get(name as string) ?? 0).split('\n');
    return textPos(owner, key, before.length, before.at(-1)!.length + 1) ?? pos;
  };
  const rest = parsed.rest;
  if (rest === undefined) return { args: marked(args, place, pos) };
  if (freeForm || action.builtin) return { args: marked(args.set('_raw_params', rest), place, pos) };
  if (isTemplate(rest)) return { args: marked(args, place, pos), argsTemplate: { value: rest, pos } };
  throw new FfeError('bad-value', `'${rest}' is not key=value, and this module takes no free-form text`, {
    pos,
  });
}

function marked(
  args: Map<string, Raw>,
  place: (key: unknown) => ReturnType<typeof posOf>,
  self: NonNullable<ReturnType<typeof posOf>>,
): Map<string, Raw> {
  return mark(args, { self, key: place, value: place });
}

function withPos<T>(work: () => T, pos: FfeError['pos']): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof FfeError && !error.pos)
      throw new FfeError(error.code, error.message, { pos, hint: error.hint });
    throw error;
  }
}

function argsUnder(
  owner: Dict,
  key: Value,
  action: Pick<Action, 'module' | 'builtin'>,
  place: Place,
): Pick<Action, 'args' | 'argsTemplate'> {
  const value = owner.get(key);
  if (value instanceof Map) return { args: value as Map<string, Raw> };
  if (value === null || value === undefined) return { args: new Map() };
  if (typeof value === 'string') return argsFromText(value, owner, key, action, place.file);
  if (typeof value === 'number' || typeof value === 'boolean')
    return argsFromText(str(value), owner, key, action, place.file);
  throw new FfeError(
    'bad-value',
    `the arguments of '${str(key)}' must be a dict or a text, not ${kindOf(value)}`,
    {
      pos: placeOf(owner, place.file, key),
    },
  );
}

/** `args:` beside the module: a dict below the module's own arguments, or a template for one. */
function extraArgs(dict: Dict, found: Action, place: Place): Action {
  const extra = dict.get('args');
  if (extra === undefined || extra === null) return found;
  const pos = placeOf(dict, place.file, 'args');
  if (extra instanceof Map) {
    const args =
      found.args.size === 0 ? (extra as Map<string, Raw>) : joined([extra as Map<string, Raw>, found.args]);
    return { ...found, args };
  }
  if (isTemplate(extra)) return { ...found, argsTemplate: { value: extra, pos } };
  throw new FfeError('bad-value', `args must be a dict or a template for one, not ${kindOf(extra)}`, { pos });
}

/** `action: copy src=a dest=b`, `action: {module: copy, src: a}`, and the same with local_action. */
function oldStyle(dict: Dict, key: 'action' | 'local_action', place: Place): Action {
  const value = dict.get(key);
  const pos = placeOf(dict, place.file, key);
  const nested = value instanceof Map ? (value as Dict) : undefined;
  const line = nested ? nested.get('module') : value;
  const match = typeof line === 'string' ? /^\s*(\S+)(?:\s+([\s\S]*))?$/.exec(line) : null;
  if (!match) throw new FfeError('bad-value', `'${key}' names no module`, { pos });
  const name = match[1]!;
  if (isTemplate(name))
    throw new FfeError(
      'unsupported',
      `the module of '${key}' must be known before the run; it cannot be a template`,
      {
        pos,
        hint: "the module 'package' picks the right package manager by itself",
      },
    );
  const builtin = builtinOf(name);
  const module = builtin ? undefined : findModule(name, dict, place);
  if (!builtin && !module) throw unknownAction(name, dict, key, place);
  const text = match[2] ?? '';
  const fromText = text
    ? argsFromText(text, dict, key, { module, builtin }, place.file)
    : { args: new Map<string, Raw>() };
  const rest = nested ? withoutModule(nested) : new Map<string, Raw>();
  const args = rest.size > 0 ? joined([rest, fromText.args]) : fromText.args;
  return {
    written: name,
    module,
    builtin,
    args,
    argsTemplate: fromText.argsTemplate,
    local: key === 'local_action',
    key,
  };
}

function withoutModule(nested: Dict): Map<string, Raw> {
  const inner = nested.get('args');
  const own = [...(nested as Map<string, Raw>)].filter(([key]) => key !== 'module' && key !== 'args');
  const kept = own.length === 0 ? new Map<string, Raw>() : joined([nested as Map<string, Raw>]);
  kept.delete('module');
  kept.delete('args');
  return inner instanceof Map ? joined([kept, inner as Map<string, Raw>]) : kept;
}

/** Finds what a task calls. Throws an FfeError when that is nothing, unknown, or more than one thing. */
export function actionOf(dict: Dict, place: Place): Action {
  const names = candidates(dict, place);
  const old = (['action', 'local_action'] as const).filter((key) => dict.has(key));
  const found = names.flatMap((name) => {
    const builtin = builtinOf(name);
    const module = builtin ? undefined : findModule(name, dict, place);
    return builtin || module ? [{ name, builtin, module }] : [];
  });
  const unknown = names.filter((name) => !found.some((f) => f.name === name));
  for (const name of unknown) place.loading.errors.push(unknownAction(name, dict, name, place));
  const all = [...old, ...found.map((f) => f.name)];
  if (all.length > 1)
    throw keyError(
      'bad-value',
      `a task calls one module, and here are ${all.length}: ${all.join(', ')}`,
      dict,
      all[1]!,
      'a list item may be missing its dash',
    );
  if (old[0]) return extraArgs(dict, oldStyle(dict, old[0], place), place);
  const [one] = found;
  if (!one) {
    if (unknown.length > 0) throw new AlreadyReportedError();
    throw new FfeError('bad-value', 'this task calls no module', { pos: posOf(dict) });
  }
  const { name, builtin, module } = one;
  const parts = argsUnder(dict, name, one, place);
  return extraArgs(dict, { written: name, builtin, module, ...parts, local: false, key: name }, place);
}
