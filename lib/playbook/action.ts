import { FfeError } from '../errors/error.js';
import type { Module } from '../modules/module.js';
import { type Pos, posOf } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { type BuiltinAction, builtinOf, findModule, unknownAction } from './find-module.js';
import { joined } from './frame.js';
import { HANDLER, TASK } from './keywords.js';
import { LATE } from './late-action.js';
import { AlreadyReportedError, type Place } from './loading.js';
import { argsFromText, argsUnder, extraArgs } from './module-args.js';
import { type Dict, isTemplate, keyError, placeOf, textOf } from './raw.js';
import { splitArgs } from './split-args.js';
import type { At } from './tree.js';

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
  /** The template of a module's name that cannot be known before the run; `module` only stands for it then. */
  readonly lateName?: At;
};

/** Keys of a task that are no keywords: one of them should be its module. */
function candidates(dict: Dict, place: Place): string[] {
  const keywords = place.handler ? HANDLER : TASK;
  return [...dict.keys()]
    .map((key) => str(key))
    .filter((key) => !(key in keywords) && !key.startsWith('with_'));
}

/** The name of a module that may be a template over what is known before the run; undefined when it is not known. */
function staticName(name: string, pos: Pos, place: Place): string | undefined {
  const { template } = place.loading.options;
  if (!isTemplate(name)) return name;
  const value = template && attemptTemplate(() => template(name, place.frame, pos));
  return typeof value === 'string' && !isTemplate(value) ? value : undefined;
}

function attemptTemplate(work: () => Value): Value | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof FfeError) return undefined;
    throw error;
  }
}

/** `action: copy src=a dest=b`, `action: {module: copy, src: a}`, and the same with local_action. */
function oldStyle(dict: Dict, key: 'action' | 'local_action', place: Place, meant?: string): Action {
  const value = dict.get(key);
  const pos = placeOf(dict, place.file, key);
  const nested = value instanceof Map ? (value as Dict) : undefined;
  const line = textOf(nested ? nested.get('module') : value);
  const [first] = line === undefined ? [] : splitArgs(line);
  if (line === undefined || !first) throw new FfeError('bad-value', `'${key}' names no module`, { pos });
  const written = first.text.trim();
  const name = meant ?? staticName(written, pos, place);
  const builtin = name === undefined ? undefined : builtinOf(name);
  const module = name === undefined ? LATE : builtin ? undefined : findModule(name, dict, place);
  if (!builtin && !module) throw unknownAction(name ?? written, dict, key, place);
  const from = {
    owner: nested ?? dict,
    key: nested ? 'module' : key,
    text: line,
    start: first.offset + first.text.length,
  };
  const { args: own, argsTemplate } = argsFromText(from, { module, builtin }, place.file);
  const rest = nested ? withoutModule(nested) : new Map<string, Raw>();
  const args = rest.size > 0 ? joined([rest, own]) : own;
  const lateName = name === undefined ? { value: written, pos } : undefined;
  const local = key === 'local_action';
  return { written: name ?? written, module, builtin, args, argsTemplate, local, key, lateName };
}

function withoutModule(nested: Dict): Map<string, Raw> {
  const inner = nested.get('args');
  const own = [...(nested as Map<string, Raw>)].filter(([key]) => key !== 'module' && key !== 'args');
  const kept = own.length === 0 ? new Map<string, Raw>() : joined([nested as Map<string, Raw>]);
  kept.delete('module');
  kept.delete('args');
  return inner instanceof Map ? joined([kept, inner as Map<string, Raw>]) : kept;
}

/** What a task calls once the template of its module's name has been evaluated. */
export function actionNamed(dict: Dict, name: string, place: Place): Action {
  const key = dict.has('action') ? 'action' : 'local_action';
  return extraArgs(dict, oldStyle(dict, key, place, name), place);
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
    for (const name of unknown) place.loading.errors.push(unknownAction(name, dict, name, place));
    if (unknown.length > 0) throw new AlreadyReportedError();
    throw new FfeError('bad-value', 'this task calls no module', { pos: posOf(dict), form: true });
  }
  const { name, builtin, module } = one;
  const parts = argsUnder(dict, name, one, place);
  return extraArgs(dict, { written: name, builtin, module, ...parts, local: false, key: name }, place);
}
