import { nearest } from '../errors/suggest.js';
import { fromJson } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import { posOf } from '../values/position.js';
import { str } from '../values/print.js';
import { ValueProblem } from '../values/problem.js';
import { typeName } from '../values/typename.js';
import { Undefined } from '../values/undefined.js';
import { Sealed, Unsafe, type Value } from '../values/value.js';
import type { Arg, ArgSpec } from './args.js';
import {
  type Known,
  LATER,
  type Level,
  note,
  type Pass,
  place,
  report,
  writtenAt,
} from './argument-level.js';
import { choiceOfBool, convertArgument } from './convert-argument.js';

function known(value: unknown, ahead: boolean): Known {
  if (value instanceof Sealed) return LATER;
  if (value instanceof Unsafe) return value.text;
  if (ahead && typeof value === 'string' && /\{[{%]/.test(value)) return LATER;
  return value === undefined || value instanceof Undefined ? null : (value as Value);
}

/** The given arguments by name; `ahead` makes texts with templates and vault values unknown. */
export function knownArgs(
  given: ReadonlyMap<unknown, unknown> | JsonObject,
  ahead: boolean,
): Map<string, Known> {
  const plain = given instanceof Map ? given : (fromJson(given as JsonObject) as Map<Value, Value>);
  return new Map([...plain].map(([key, value]) => [str(key as Value), known(value, ahead)]));
}

/** Where a nested argument is, in the words of module_utils/common/parameters.py. */
function within(level: Level): string {
  return level.path.length > 0 ? ` found in '${level.path.join(' -> ')}'` : '';
}

function problemIn(
  type: string,
  value: Value,
  what: string,
  convert: () => Value,
  where = '',
): { value: Value } | string {
  try {
    return { value: convert() };
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    return `${what} is of type <class '${typeName(value)}'>${where} and we were unable to convert to ${type}: ${error.message}`;
  }
}

function convertElement(pass: Pass, level: Level, name: string, arg: Arg, item: Value, index: number): Known {
  const value = known(item, pass.ahead);
  const type = arg.elements;
  if (value === LATER || !type) return value;
  if (value === null && type !== 'str') return null;
  const what = `Elements value for option '${name}'${within(level)}`;
  const done = problemIn(type, value, what, () => convertArgument(type, value));
  if (typeof done !== 'string') return done.value;
  note(pass, level, done, posOf(writtenAt(level, name), index) ?? place(level, name, 'value'));
  return LATER;
}

function nearHint(value: string, choices: readonly Json[]): string | undefined {
  const near = nearest(value, choices.map(String));
  return near === undefined ? undefined : `did you mean '${near}'?`;
}

function checkChoice(pass: Pass, level: Level, name: string, choices: readonly Json[], value: Known): Known {
  const pos = place(level, name, 'value');
  const list = choices.map((c) => str(c as Value)).join(', ');
  if (value === LATER || choices.includes(value as Json)) return value;
  if (Array.isArray(value)) {
    const bad = (value as Known[]).filter((v) => v !== LATER && !choices.includes(v as Json)) as Value[];
    const message = `value of ${name} must be one or more of: ${list}. Got no match for: ${bad.map(str).join(', ')}`;
    if (bad.length) report(pass, level, message, pos);
    return value;
  }
  const meant = typeof value === 'string' ? choiceOfBool(value, choices) : undefined;
  if (meant !== undefined) return meant as Value;
  const hint = typeof value === 'string' ? nearHint(value, choices) : undefined;
  report(pass, level, `value of ${name} must be one of: ${list}, got: ${str(value)}`, pos, hint);
  return value;
}

/** Notes a value that is not of its type; a dict with options is looked at for its options too, as Ansible does. */
function noteUnconverted(
  pass: Pass,
  level: Level,
  name: string,
  arg: Arg,
  value: Value,
  message: string,
): void {
  const pos = place(level, name, 'value');
  note(pass, level, message, pos);
  if (pass.ahead || !arg.options || typeof value !== 'string') return;
  note(pass, level, `value of '${name}' must be of type dict or list of dicts`, pos);
  if (arg.type === 'dict') note(pass, level, message.slice(message.lastIndexOf('to dict: ') + 9), pos);
}

/** Converts every known argument to its type, in place, and checks choices; what cannot be becomes unknown. */
export function convertAll(pass: Pass, level: Level, spec: ArgSpec, given: Map<string, Known>): void {
  for (const [name, arg] of Object.entries(spec)) {
    const value = given.get(name);
    if (value === undefined || value === null || value === LATER) continue;
    const inner = within(level);
    const what = `argument '${name}'`;
    if (arg.textOnly !== undefined && typeof value !== 'string') {
      note(pass, level, arg.textOnly, place(level, name, 'value'));
      continue;
    }
    const done = problemIn(
      arg.type,
      value,
      what,
      () => convertArgument(arg.type, value),
      inner && `${inner}.`,
    );
    if (typeof done === 'string') noteUnconverted(pass, level, name, arg, value, done);
    if (typeof done === 'string') given.set(name, LATER);
    else {
      const elements = (list: Value[]) => list.map((v, i) => convertElement(pass, level, name, arg, v, i));
      const converted = Array.isArray(done.value) ? (elements(done.value) as Value[]) : done.value;
      given.set(name, arg.choices ? checkChoice(pass, level, name, arg.choices, converted) : converted);
    }
  }
}
