import type { ArgSpec } from '../../modules/args.js';
import type { Module } from '../../modules/module.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Attempt } from './attempt.js';

/** Modules that work on the controller alone, or without a module of Ansible's: their results tell of no invocation. */
const WITHOUT: ReadonlySet<string> = new Set([
  ...['add_host', 'assert', 'debug', 'fail', 'fetch', 'gather_facts', 'group_by', 'include_vars', 'pause'],
  ...['raw', 'script', 'set_fact', 'set_stats', 'validate_argument_spec', 'wait_for_connection'],
]);

const HIDDEN = 'VALUE_SPECIFIED_IN_NO_LOG_PARAMETER';

function shown(spec: ArgSpec, args: JsonObject): JsonObject {
  const out: JsonObject = {};
  for (const [name, arg] of Object.entries(spec)) {
    const value: Json = args[name] ?? null;
    out[name] = (arg.noLog || arg.hidden) && value !== null ? HIDDEN : within(arg.options, value);
  }
  // Arguments of modules that take any name.
  for (const [name, value] of Object.entries(args)) if (!(name in spec)) out[name] = value;
  return out;
}

function within(options: ArgSpec | undefined, value: Json): Json {
  if (!options || typeof value !== 'object' || value === null) return value;
  return Array.isArray(value) ? value.map((one) => within(options, one)) : shown(options, value);
}

const isBuiltin = (module: Module): boolean => (module.collection ?? 'ansible.builtin') === 'ansible.builtin';

/**
 * The field `invocation` of a result: the module's arguments with their defaults. Ansible keeps it in the results of
 * a loop's items, and in others from -vvv on; undefined where it does not.
 */
export function invocationOf({ run, module, item }: Attempt, args: JsonObject): JsonObject | undefined {
  if (item === undefined && run.options.verbosity < 3) return undefined;
  if (isBuiltin(module) && WITHOUT.has(module.name)) return undefined;
  return { module_args: shown(module.args, args) };
}
