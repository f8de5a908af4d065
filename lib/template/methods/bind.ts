import { ValueProblem } from '../../values/problem.js';
import { type Keywords, stringOf } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';

/** A method of a Python type: the object, positional and keyword arguments. */
export type Method<T extends Value> = (self: T, args: readonly Value[], kwargs: Keywords) => Value;

/** The methods of one type by name. */
export type Methods<T extends Value> = ReadonlyMap<string, Method<T>>;

/**
 * Puts arguments in the order of the parameters: `'old new count?'` means two that are needed and one that is not.
 * Throws a ValueProblem for too many, missing or unknown ones.
 */
export function bind(
  name: string,
  params: string,
  args: readonly Value[],
  kwargs: Keywords,
): (Value | undefined)[] {
  const specs = params === '' ? [] : params.split(' ');
  if (args.length > specs.length)
    throw new ValueProblem(`${name}() takes at most ${specs.length} arguments (${args.length} given)`);
  const bound: (Value | undefined)[] = [...args];
  for (const [key, value] of kwargs) {
    const at = specs.findIndex((spec) => spec.replace('?', '') === key);
    if (at === -1) throw new ValueProblem(`${name}() got an unexpected keyword argument '${key}'`);
    if (at < args.length) throw new ValueProblem(`${name}() got multiple values for argument '${key}'`);
    bound[at] = value;
  }
  const lacking = specs.findIndex((spec, i) => !spec.endsWith('?') && bound[i] === undefined);
  if (lacking !== -1) throw new ValueProblem(`${name}() missing required argument '${specs[lacking]}'`);
  return bound;
}

/** A text argument, or a ValueProblem. */
export function text(name: string, v: Value | undefined): string {
  const string = stringOf(v);
  if (string !== undefined) return string;
  throw new ValueProblem(`${name}() argument must be str, not ${typeName(v ?? null)}`);
}

/** An integer argument, or its default where it is left out. */
export function whole(name: string, v: Value | undefined, otherwise: number): number {
  if (v === undefined) return otherwise;
  if (typeof v === 'boolean' || typeof v === 'bigint' || (typeof v === 'number' && Number.isInteger(v)))
    return Number(v);
  throw new ValueProblem(`${name}(): '${typeName(v)}' object cannot be interpreted as an integer`);
}
