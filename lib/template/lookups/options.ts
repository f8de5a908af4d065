import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import { type Arg, type Kwargs, type Lookup, TemplateError } from '../library.js';
import { flag, items, text } from '../read.js';
import { use } from '../runtime/undefined.js';
import { asBoolean } from '../tests/kinds.js';

/** The options of one lookup call; whatever is read by name has its default beside it. */
export type Options = {
  get(name: string): Value | undefined;
  text(name: string, fallback: string): string;
  bool(name: string, fallback: boolean): boolean;
  list(name: string): Value[];
};

/** Reads options from keyword arguments; a name that the lookup does not know is an error. */
export function optionsOf(kwargs: Kwargs, known: readonly string[]): Options {
  for (const name of kwargs.keys())
    if (!known.includes(name))
      throw new TemplateError(
        `there is no option '${name}'${known.length ? `, only ${known.join(', ')}` : ''}`,
      );
  const get = (name: string): Value | undefined => {
    const v = kwargs.get(name);
    return v === undefined ? undefined : use(v);
  };
  const given = (name: string): Value | undefined => get(name) ?? undefined;
  return {
    get,
    text: (name, fallback) => (given(name) === undefined ? fallback : text(given(name))),
    bool: (name, fallback) => {
      const v = given(name);
      return v === undefined ? fallback : (asBoolean(v) ?? flag(v));
    },
    list: (name) => {
      const v = given(name);
      if (v === undefined) return [];
      return typeof v === 'string' ? v.split(',').map((part) => part.trim()) : items(v);
    },
  };
}

/** A term that must be a text. */
export function termText(term: Arg): string {
  const v = use(term);
  if (typeof v === 'string') return v;
  throw new TemplateError(`a term must be a text, not ${typeName(v)}`);
}

/** A lookup that knows these options (separated by spaces) and gives values for all terms together. */
export function lookup(
  known: string,
  run: (terms: Value[], options: Options, caller: Parameters<Lookup>[2]) => Value[],
): Lookup {
  const names = known.split(' ').filter(Boolean);
  return (terms, kwargs, caller) => run(terms.map(use), optionsOf(kwargs, names), caller);
}
