import type { FfeError } from '../errors/error.js';
import { fromJson, toJson, toResult } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import type { Value } from '../values/value.js';
import type { Arg, ArgRules, ArgSpec } from './args.js';
import {
  child,
  type Known,
  LATER,
  type Level,
  levelAt,
  type Pass,
  reportBroken,
  reportUnknown,
  resolveAliases,
  writtenAt,
} from './argument-level.js';
import { afterDefaults, exclusive, missing } from './argument-rules.js';
import { convertAll, knownArgs } from './argument-values.js';

/** What validation needs to know of a module; every Module is one. */
export type ArgHolder = {
  readonly name: string;
  readonly args: ArgSpec;
  readonly rules?: ArgRules;
  readonly openArgs?: boolean;
  readonly words?: Readonly<Record<string, string>>;
  /** True for modules that only hand values on: their floats and large integers stay what they are. */
  readonly exact?: boolean;
  readonly freeForm?: { readonly arg: string; readonly split: boolean };
};

/** Arguments as they are given: evaluated values, raw ones of a playbook, or plain JSON. */
export type Given = ReadonlyMap<unknown, unknown> | JsonObject;

/**
 * `origin` is the container the arguments were written in, for positions (default: `given` itself). `ahead`: before
 * anything is evaluated, so texts with templates are not looked at. `partial`: further arguments may come
 * (module_defaults, a template for all arguments), so nothing is reported as missing.
 */
export type ValidateOptions = {
  readonly origin?: unknown;
  readonly ahead?: boolean;
  readonly partial?: boolean;
};

/** Plain arguments with defaults, or every error there is. `secrets` are the texts of no_log arguments. */
export type Validated =
  | {
      readonly ok: true;
      readonly args: JsonObject;
      readonly secrets: readonly string[];
      readonly warnings: readonly string[];
    }
  | { readonly ok: false; readonly errors: readonly FfeError[] };

function noteSecrets(pass: Pass, value: unknown): void {
  if (typeof value === 'string' && value !== '') pass.secrets.add(value);
  else if (typeof value === 'number') pass.secrets.add(String(value));
  else if (Array.isArray(value)) for (const item of value) noteSecrets(pass, item);
  else if (value !== null && typeof value === 'object')
    for (const item of Object.values(value)) noteSecrets(pass, item);
}

/** Ahead of evaluation (or after an error) containers may hold what JSON cannot (unknown values); nobody reads them then. */
function plain(pass: Pass, value: Known): Json | undefined {
  const unread = pass.ahead || pass.errors.length > 0;
  if (value === LATER || (unread && typeof value === 'object' && value !== null)) return undefined;
  return pass.exact ? toResult(value) : toJson(value);
}

/** A converted value as JSON; a dict's options, or those of the dicts in a list, are validated on the way. */
function finish(pass: Pass, level: Level, name: string, arg: Arg, value: Known): Json | undefined {
  const { options, rules } = arg;
  if (!options || (!Array.isArray(value) && !(value instanceof Map))) return plain(pass, value);
  const origin = writtenAt(level, name);
  const path = [...level.path, name];
  const one = (dict: unknown, at: unknown) =>
    dict instanceof Map ? validateLevel(pass, levelAt(at, path), options, rules, dict) : null;
  return Array.isArray(value) ? value.map((item, i) => one(item, child(origin, i))) : one(value, origin);
}

function fillDefaults(spec: ArgSpec, given: Map<string, Known>): void {
  for (const [name, arg] of Object.entries(spec))
    if ((arg.default ?? null) !== null && (given.get(name) ?? null) === null)
      given.set(name, fromJson(arg.default));
}

/** What is given for certain: a template may yet come to `omit`. */
function surely(pass: Pass, given: ReadonlyMap<string, Known>): ReadonlyMap<string, Known> {
  return pass.ahead ? new Map([...given].filter(([, value]) => value !== LATER)) : given;
}

function validateLevel(
  pass: Pass,
  level: Level,
  spec: ArgSpec,
  rules: ArgRules | undefined,
  source: Given,
  open = false,
): JsonObject {
  const given = knownArgs(source, pass.ahead);
  const unknown = resolveAliases(pass, level, spec, given);
  if (!open) reportUnknown(pass, level, spec, unknown);
  reportBroken(pass, level, exclusive(rules, surely(pass, given)));
  fillDefaults(spec, given);
  if (!pass.partial) reportBroken(pass, level, missing(spec, given));
  convertAll(pass, level, spec, given);
  if (!pass.partial) reportBroken(pass, level, afterDefaults(rules, given, surely(pass, given)));
  const out: JsonObject = {};
  for (const [name, value] of given) {
    const arg = spec[name];
    if (value === null && arg && !(pass.exact && arg.type === 'raw')) continue;
    if (arg) out[name] = finish(pass, level, name, arg, value);
    else if (open) out[name] = plain(pass, value);
    if (arg?.noLog) noteSecrets(pass, out[name]);
  }
  return out;
}

function freeForm(module: ArgHolder, given: Given): Given {
  const text = given instanceof Map ? given.get('_raw_params') : (given as JsonObject)._raw_params;
  if (text === undefined || module.args._raw_params) return given;
  const rest = new Map<unknown, unknown>(given instanceof Map ? given : Object.entries(given));
  if (module.freeForm || text === null || text === '') rest.delete('_raw_params');
  if (module.freeForm && !rest.has(module.freeForm.arg)) rest.set(module.freeForm.arg, text as Value);
  return rest;
}

/**
 * Checks and converts a module's arguments as Ansible's ArgumentSpecValidator does: aliases, defaults, required ones,
 * types, choices, nested options and the rules between them; free-form text goes to the argument the module names.
 */
export function validateArgs(module: ArgHolder, given: Given, options: ValidateOptions = {}): Validated {
  const { ahead = false, partial = false } = options;
  const pass: Pass = {
    module: module.name,
    exact: module.exact === true,
    words: module.words,
    ahead,
    partial,
    errors: [],
    secrets: new Set(),
    warnings: [],
  };
  const level = levelAt(options.origin ?? given, []);
  const source = freeForm(module, given);
  const args = validateLevel(pass, level, module.args, module.rules, source, module.openArgs);
  if (pass.errors.length) return { ok: false, errors: pass.errors };
  return { ok: true, args, secrets: [...pass.secrets], warnings: pass.warnings };
}
