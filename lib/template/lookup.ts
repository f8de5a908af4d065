import { FfeError } from '../errors/error.js';
import { ValueProblem } from '../values/problem.js';
import { type Keywords, Special } from '../values/special.js';
import { truthy } from '../values/truth.js';
import type { Value } from '../values/value.js';
import { find, unknownFunction } from './compile/functions.js';
import { plainTerms } from './globals.js';
import { AheadError, type Caller, type Library, TemplateError } from './library.js';

/** Runs a lookup by name; unknown names are an FfeError with the nearest known one. */
export function runLookup(
  library: Library,
  name: string,
  terms: Value[],
  kwargs: Keywords,
  caller: Caller,
): Value[] {
  const lookup = find(library.lookups, 'lookup', name);
  if (!lookup) throw new FfeError('unknown-name', unknownFunction(library, 'lookup', name));
  return lookup(terms, kwargs, caller);
}

/** What `lookup` gives of a list: text joined by commas, else the only value, else the list. */
function joined(values: Value[]): Value {
  if (values.length === 0) return values;
  if (values.every((v) => typeof v === 'string')) return values.join(',');
  return values.length === 1 ? values[0]! : values;
}

/** The globals `lookup` (`wantList` false) and `query`, over the render that calls them. */
export function lookupGlobal(library: Library, caller: Caller, wantList: boolean): Special {
  const call = (args: Value[], kwargs: Keywords): Value => {
    const [name, ...terms] = args;
    if (typeof name !== 'string') throw new ValueProblem('the first argument of lookup must be its name');
    const { wantlist = wantList, allow_unsafe: _, errors = 'strict', ...rest } = Object.fromEntries(kwargs);
    const asList = wantList || truthy(wantlist as Value);
    try {
      const found = runLookup(library, name, plainTerms(terms), new Map(Object.entries(rest)), caller);
      return asList ? found : joined(found);
    } catch (error) {
      if (errors === 'strict' || !(error instanceof TemplateError) || error instanceof AheadError)
        throw error;
      return asList ? [] : null;
    }
  };
  return new Special('method', { call, text: () => '<lookup>' });
}
