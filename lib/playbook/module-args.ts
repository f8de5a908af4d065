import { FfeError } from '../errors/error.js';
import type { Module } from '../modules/module.js';
import { mark, type Pos } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { textPos } from '../yaml/marks.js';
import type { BuiltinAction } from './find-module.js';
import { joined } from './frame.js';
import { LATE } from './late-action.js';
import type { Place } from './loading.js';
import { type Dict, isTemplate, kindOf, placeOf, textOf } from './raw.js';
import { parseKeyValue } from './split-args.js';
import type { At } from './tree.js';

/** What decides how a text of arguments is read. */
export type Called = { readonly module?: Module; readonly builtin?: BuiltinAction };

/** Arguments as written. */
export type Arguments = { readonly args: ReadonlyMap<string, Raw>; readonly argsTemplate?: At };

// Modules whose text Ansible lets through until they run (core 2.14).
const EXTRA_TEXT: ReadonlySet<string> = new Set(['add_host', 'group_by', 'set_fact']);
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

/** A text of arguments: where it stands, and from which of its characters on it is arguments. */
export type ArgText = {
  readonly owner: Dict;
  readonly key: Value;
  readonly text: string;
  readonly start: number;
};

/** Reads `key=value` arguments and free-form text. Throws an FfeError for what a module does not take. */
export function argsFromText(from: ArgText, called: Called, file: string): Arguments {
  const { owner, key, start } = from;
  const text = from.text.slice(start);
  const place = (offset: number): Pos => {
    const before = from.text.slice(0, start + offset).split('\n');
    return textPos(owner, key, before.length, before.at(-1)!.length + 1) ?? placeOf(owner, file, key);
  };
  const pos = place(0);
  const freeForm = called.module?.freeForm;
  if (freeForm && !freeForm.split)
    return { args: marked(new Map([['_raw_params', start > 0 ? text.trim() : text]]), () => pos, pos) };
  const only = called.module && COMMANDS.has(called.module.name) ? COMMAND_KEYS : undefined;
  const { pairs, rest } = withPos(() => parseKeyValue(text, only), pos);
  const args = new Map<string, Raw>(pairs.map((p) => [p.key, p.value]));
  const offsets = new Map(pairs.map((p) => [p.key, p.offset]));
  const at = (name: unknown) => place(offsets.get(name as string) ?? 0);
  if (rest === undefined) return { args: marked(args, at, pos) };
  if (freeForm || called.builtin || called.module === LATE)
    return { args: marked(args.set('_raw_params', rest), at, pos) };
  // Ansible looks at the text of these only when they run, where a failure may be ignored.
  if (isTemplate(rest) || EXTRA_TEXT.has(called.module?.name ?? ''))
    return { args: marked(args, at, pos), argsTemplate: { value: rest, pos } };
  throw new FfeError('bad-value', `'${rest}' is not key=value, and this module takes no free-form text`, {
    pos,
  });
}

function marked(args: Map<string, Raw>, place: (key: unknown) => Pos, self: Pos): Map<string, Raw> {
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

/** The arguments under a module's name: a dict, or a text. Throws an FfeError for anything else. */
export function argsUnder(owner: Dict, key: Value, called: Called, place: Place): Arguments {
  const value = owner.get(key);
  if (value instanceof Map) return { args: value as Map<string, Raw> };
  if (value === null || value === undefined) return { args: new Map() };
  const scalar = typeof value === 'number' || typeof value === 'boolean';
  const text = scalar ? str(value) : textOf(value);
  if (text !== undefined) return argsFromText({ owner, key, text, start: 0 }, called, place.file);
  throw new FfeError(
    'bad-value',
    `the arguments of '${str(key)}' must be a dict or a text, not ${kindOf(value)}`,
    {
      pos: placeOf(owner, place.file, key),
    },
  );
}

/** `args:` beside the module: a dict below the module's own arguments, or a template for one. */
export function extraArgs<T extends Arguments>(dict: Dict, found: T, place: Place): T {
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
