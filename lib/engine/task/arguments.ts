import { FfeError, FfeErrors } from '../../errors/error.js';
import { type Validated, validateArgs } from '../../modules/validate.js';
import type { At } from '../../playbook/tree.js';
import { toJson } from '../../values/convert.js';
import type { JsonObject } from '../../values/json.js';
import { keyPos, posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { originOf } from '../../vars/origin.js';
import type { LayeredScope } from '../../vars/scope.js';
import { finish, finishAt } from '../evaluate.js';
import type { Attempt } from './attempt.js';

/** Arguments ready for a module: plain, validated, defaults filled in; `given` are the finished values before that. */
export type Ready = {
  readonly args: JsonObject;
  readonly given: ReadonlyMap<string, Value>;
  readonly warnings: readonly string[];
};

/** Takes away everything that is the omit placeholder, at any depth. */
function withoutOmit(value: Value, omit: Value | undefined): Value {
  if (Array.isArray(value))
    return value.some((v) => v === omit || typeof v === 'object')
      ? value.filter((v) => v !== omit).map((v) => withoutOmit(v, omit))
      : value;
  if (!(value instanceof Map)) return value;
  const out = new Map<Value, Value>();
  for (const [k, v] of value) if (v !== omit) out.set(k, withoutOmit(v, omit));
  return out;
}

function add(into: Map<string, Value>, more: Value, problem: string): void {
  if (!(more instanceof Map)) throw new FfeError('template', problem);
  for (const [k, v] of more) into.set(String(k), v);
}

/** module_defaults for this module, by any of its names or by `group/x` of its collection; inner ones win. */
function defaultsFor(attempt: Attempt): Map<string, Value> {
  const { name, aliases = [], collection } = attempt.module;
  return defaultsNamed(attempt, [name, ...aliases], collection);
}

function defaultsNamed(
  { effective, scope }: Attempt,
  short: readonly string[],
  collection = 'ansible.builtin',
): Map<string, Value> {
  const out = new Map<string, Value>();
  const names = new Set(short.flatMap((n) => [n, `${collection}.${n}`]));
  for (const at of effective.moduleDefaults) {
    const dicts = Array.isArray(at.value) ? (at.value as Raw[]) : [at.value];
    for (const dict of dicts) {
      if (!(dict instanceof Map)) continue;
      for (const [name, args] of dict as Map<Value, Raw>)
        if (names.has(String(name)))
          add(out, finish(args, scope, at.pos), 'module_defaults must be a dict of arguments');
    }
  }
  return out;
}

function evaluated(attempt: Attempt): Map<string, Value> {
  const { task, scope } = attempt;
  const out = defaultsFor(attempt);
  if (task.argsTemplate) {
    const more = finishAt(task.argsTemplate, scope);
    add(out, more, `invalid or malformed argument: '${str(more)}'`);
  }
  for (const [name, raw] of task.args)
    out.set(name, finish(raw, scope, posOf(task.args, name) ? originOf(task.args, name) : task.argsPos));
  return withBackends(attempt, out);
}

/** Puts the defaults of the modules that do the work below what is known. */
function withBackends(attempt: Attempt, known: Map<string, Value>): Map<string, Value> {
  const { module, effective } = attempt;
  if (module.backends === undefined || effective.moduleDefaults.length === 0) return known;
  const use = known.get('use');
  const names = module.backends(typeof use === 'string' ? use : '');
  return new Map([...defaultsNamed(attempt, names), ...known]);
}

/** A module's own idea of `var` and the like: arguments that are expressions, not values. */
const EXPRESSIONS: Readonly<Record<string, readonly string[]>> = { debug: ['var'], assert: ['that'] };

/** Keeps expression arguments as they were written when they hold no delimiters. */
function keepExpressions(attempt: Attempt, values: Map<string, Value>): void {
  for (const name of EXPRESSIONS[attempt.module.name] ?? []) {
    const raw = attempt.task.args.get(name);
    if (typeof raw === 'string' && !raw.includes('{{')) values.set(name, raw);
    // Each condition of a list is templated when it is tested, which knows text that is data from text that is not.
    else if (Array.isArray(raw) && attempt.module.name === 'assert')
      values.set(
        name,
        raw.map((one) => (typeof one === 'string' ? one : finish(one as Raw, attempt.scope))),
      );
  }
}

/** How many validations a run remembers, and the longest arguments that are worth it. */
const REMEMBERED = 5000;
const LONGEST = 4000;

/** Validates, or recalls: look-ahead, the task itself and other hosts mostly have the same arguments. */
function validated(attempt: Attempt, given: ReadonlyMap<string, Value>): Validated {
  const { module, task, run } = attempt;
  const check = (): Validated => validateArgs(module, given, { origin: task.args });
  if (module.openArgs) return check();
  const key = `${module.name}|${JSON.stringify(toJson(given as Map<Value, Value>))}`;
  if (key.length > LONGEST) return check();
  const known = run.validated.get(key);
  if (known) return known;
  const made = check();
  if (run.validated.size >= REMEMBERED) run.validated.clear();
  if (made.ok) run.validated.set(key, made);
  return made;
}

/** Gives absent arguments the values that the task's environment has for them. */
function fillFromEnvironment(attempt: Attempt, given: Map<string, Value>): void {
  if (attempt.effective.environment.length === 0) return;
  const absent = Object.entries(attempt.module.args).filter(
    ([name, { env, aliases = [] }]) => env !== undefined && ![name, ...aliases].some((n) => given.has(n)),
  );
  if (absent.length === 0) return;
  const environment = environmentOf(attempt);
  for (const [name, { env = '' }] of absent) {
    const value = environment[env];
    if (value !== undefined) given.set(name, value);
  }
}

/** Evaluates and validates a task's arguments; throws FfeErrors with the position of each bad one. */
export function readyArguments(attempt: Attempt): Ready {
  const { scope, run } = attempt;
  const omit = scope.get('omit') as Value | undefined;
  const given = new Map<string, Value>();
  for (const [name, value] of evaluated(attempt))
    if (value !== omit) given.set(name, withoutOmit(value, omit));
  keepExpressions(attempt, given);
  fillFromEnvironment(attempt, given);
  const checked = validated(attempt, given);
  if (!checked.ok) throw checked.errors.length === 1 ? checked.errors[0] : new FfeErrors(checked.errors);
  for (const secret of checked.secrets) run.redactor.add(secret);
  return { args: checked.args, given, warnings: checked.warnings };
}

/** Evaluates the task's `environment` (outer ones first, inner win) to plain texts. */
export function environmentOf(attempt: {
  readonly effective: Attempt['effective'];
  readonly scope: LayeredScope;
  readonly module?: Attempt['module'];
}): Record<string, string> {
  const out: Record<string, string> = {};
  const omit = attempt.scope.get('omit');
  for (const at of attempt.effective.environment) {
    const value = environmentValue(at, attempt);
    for (const dict of Array.isArray(value) ? value : [value]) {
      if (dict === null || dict === '' || dict === omit) continue;
      if (!(dict instanceof Map))
        throw new FfeError('bad-value', 'environment must be a dict', {
          pos: keyPos(at.value, undefined) ?? at.pos,
        });
      for (const [k, v] of dict) if (v !== omit) out[String(k)] = v === null ? '' : printable(v);
    }
  }
  return out;
}

/** A value of `environment`; gathering facts goes on without those variables that only facts will tell. */
function environmentValue(
  at: At,
  { scope, module }: { readonly scope: LayeredScope; readonly module?: Attempt['module'] },
): Value {
  const gathers = module !== undefined && ['gather_facts', 'setup'].includes(module.name);
  if (!gathers || !(at.value instanceof Map)) return finishAt(at, scope);
  const known = [...(at.value as Map<Value, Raw>)].flatMap(([name, raw]): [Value, Value][] => {
    try {
      return [[name, finish(raw, scope, at.pos)]];
    } catch (error) {
      if (error instanceof FfeError && /ansible_env|ansible_facts/.test(String(raw))) return [];
      throw error;
    }
  });
  return new Map(known);
}

function printable(value: Value): string {
  return typeof value === 'string'
    ? value
    : String(
        value instanceof Map || Array.isArray(value)
          ? JSON.stringify(value)
          : value === true
            ? 'True'
            : value === false
              ? 'False'
              : value,
      );
}
