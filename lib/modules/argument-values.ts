import { didYouMean } from '../errors/suggest.js';
import { fromJson } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import { posOf } from '../values/position.js';
import { str } from '../values/print.js';
import { ValueProblem } from '../values/problem.js';
import { typeName } from '../values/typename.js';
import { Undefined } from '../values/undefined.js';
import { Sealed, Unsafe, type Value } from '../values/value.js';
import type { Arg, ArgSpec } from './args.js';
import { type Known, LATER, type Level, type Pass, place, report, writtenAt } from './argument-level.js';
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

function problemIn(
  type: string,
  value: Value,
  what: string,
  convert: () => Value,
): { value: Value } | string {
  try {
    return { value: convert() };
  } catch (error) {
    if (!(error instanceof ValueProblem)) throw error;
    return `${what} is of type <class '${typeName(value)}'> and we were unable to convert to ${type}: ${error.message}`;
  }
}

function convertElement(pass: Pass, level: Level, name: string, arg: Arg, item: Value, index: number): Known {
  const value = known(item, pass.ahead);
  const type = arg.elements;
  if (value === LATER || !type) return value;
  if (value === null && type !== 'str') return null;
  const done = problemIn(type, value, `Elements value for option '${name}'`, () =>
    convertArgument(type, value),
  );
  if (typeof done !== 'string') return done.value;
  report(pass, level, done, posOf(writtenAt(level, name), index) ?? place(level, name, 'value'));
  return LATER;
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
  const near = typeof value === 'string' ? didYouMean(value, choices.map(String)) : '';
  report(pass, level, `value of ${name} must be one of: ${list}, got: ${str(value)}${near}`, pos);
  return value;
}

/** Converts every known argument to its type, in place, and checks choices; what cannot be becomes unknown. */
export function convertAll(pass: Pass, level: Level, spec: ArgSpec, given: Map<string, Known>): void {
  for (const [name, arg] of Object.entries(spec)) {
    const value = given.get(name);
    if (value === undefined || value === null || value === LATER) continue;
    const done = problemIn(arg.type, value, `argument '${name}'`, () => convertArgument(arg.type, value));
    if (typeof done === 'string') report(pass, level, done, place(level, name, 'value'));
    if (typeof done === 'string') given.set(name, LATER);
    else {
      const elements = (list: Value[]) => list.map((v, i) => convertElement(pass, level, name, arg, v, i));
      const converted = Array.isArray(done.value) ? (elements(done.value) as Value[]) : done.value;
      given.set(name, arg.choices ? checkChoice(pass, level, name, arg.choices, converted) : converted);
    }
  }
}
