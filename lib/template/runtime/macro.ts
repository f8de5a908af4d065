import { ValueProblem } from '../../values/problem.js';
import { type Keywords, Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import { nested } from './call.js';
import type { Render } from './state.js';
import type { Item } from './undefined.js';

/** What the compiler knows of a macro; `uses` are those of caller, kwargs and varargs that its body reads. */
export type MacroSpec = {
  readonly name: string;
  readonly names: readonly string[];
  readonly defaults: number;
  readonly uses: readonly string[];
};

type Run = (...args: (Item | undefined)[]) => Value;

function bound(spec: MacroSpec, args: readonly Value[], kwargs: Keywords): (Item | undefined)[] {
  const out: (Item | undefined)[] = args.slice(0, spec.names.length);
  const left = new Map(kwargs);
  for (const [i, name] of spec.names.entries()) {
    const value = left.get(name);
    // What was given by position is left for `kwargs`; without one it is an error, as any name nobody asked for.
    if (value === undefined || i < args.length) continue;
    left.delete(name);
    out[i] = value;
  }
  out.length = spec.names.length;
  for (const word of spec.uses) out.push(extra(spec, word, args, left));
  const next = [...left.keys()][0];
  if (next !== undefined) throw new ValueProblem(`macro '${spec.name}' takes no keyword argument '${next}'`);
  if (args.length > spec.names.length && !spec.uses.includes('varargs'))
    throw new ValueProblem(`macro '${spec.name}' takes not more than ${spec.names.length} argument(s)`);
  return out;
}

function extra(spec: MacroSpec, word: string, args: readonly Value[], left: Map<string, Value>): Item {
  if (word === 'varargs') return new Tuple(args.slice(spec.names.length));
  if (word === 'kwargs') {
    const all = new Map<Value, Value>(left);
    left.clear();
    return all;
  }
  const caller = left.get('caller');
  left.delete('caller');
  return caller ?? new Undefined('caller', 'no caller defined');
}

/** Makes a macro; calling it runs its body in the file where it was written. */
export function macro(r: Render, spec: MacroSpec, run: Run): Special {
  const home = r.unit;
  const attrs: Readonly<Record<string, () => Value>> = {
    name: () => spec.name,
    arguments: () => new Tuple(spec.names),
    catch_kwargs: () => spec.uses.includes('kwargs'),
    catch_varargs: () => spec.uses.includes('varargs'),
    caller: () => spec.uses.includes('caller'),
  };
  return new Special('Macro', {
    attr: (name) => (Object.hasOwn(attrs, name) ? attrs[name]!() : undefined),
    call: (args, kwargs) => {
      const values = bound(spec, args, kwargs);
      const from = r.unit;
      r.unit = home;
      const result = nested(r, () => run(...values));
      r.unit = from;
      return result;
    },
    text: () => `<Macro '${spec.name}'>`,
  });
}

/** The value of a parameter that was neither given nor has a default. */
export function notGiven(r: Render, name: string): Item {
  return new Undefined(name, `parameter '${name}' was not provided`, r.unit.place(0, 0));
}
