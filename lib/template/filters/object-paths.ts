import { findKey } from '../../values/equal.js';
import { repr } from '../../values/print.js';
import type { Dict, Value } from '../../values/value.js';
import { type Arg, type Caller, type Filter, type Kwargs, type Lookup, TemplateError } from '../library.js';
import { asText, flag, isSequence, items, text } from '../read.js';
import { use } from '../runtime/undefined.js';
import { bind } from '../signature.js';

function flattenInto(out: Dict, data: Value, name: string): void {
  const empty = (Array.isArray(data) && !data.length) || (data instanceof Map && !data.size);
  if (empty && name === '') return;
  if (!empty && data instanceof Map)
    for (const [key, value] of data) {
      const step = /^[a-zA-Z_][a-zA-Z0-9_]*$/.test(text(key)) ? `.${text(key)}` : `['${text(key)}']`;
      flattenInto(out, value, name === '' ? text(key) : name + step);
    }
  else if (!empty && Array.isArray(data))
    for (const [i, value] of data.entries()) flattenInto(out, value, `${name}[${i}]`);
  else out.set(name, data);
}

function toPaths(v: Value, prepend: Value | undefined): Value {
  const out: Dict = new Map();
  flattenInto(out, prepend ? new Map([[prepend, v]]) : v, '');
  return out;
}

function runTest(caller: Caller, entry: Value, spelt: string, value: Value): boolean {
  const inverted = spelt.startsWith('!') || spelt.startsWith('not ');
  const bare = spelt.startsWith('!') ? spelt.replace(/^!+/, '') : spelt.replace(/^not /, '');
  const name = inverted && bare === '=' ? '==' : bare;
  const right = name === 'in' && !isSequence(value) ? [value] : value;
  return caller.test(name, entry, right === null ? [] : [right], new Map()) !== inverted;
}

type Wanted = { test: string; value: Value; key: Value; strict: boolean };

function indexesOf(caller: Caller, list: Value[], { test, value, key, strict }: Wanted): number[] {
  return list.flatMap((entry, i) => {
    if (key === null) return runTest(caller, entry, test, value) ? [i] : [];
    if (!(entry instanceof Map)) throw new TemplateError('index_of: with a key, every item must be a dict');
    const at = findKey(entry, key);
    if (at === undefined && strict) throw new TemplateError(`index_of: item ${i} has no key ${repr(key)}`);
    return at !== undefined && runTest(caller, entry.get(at)!, test, value) ? [i] : [];
  });
}

type Run = (input: Value, args: (Value | undefined)[], caller: Caller) => Value;

const RUNS: Record<string, { signature: string; run: Run }> = {
  to_paths: {
    signature: 'prepend? wantlist?',
    run: (input, [prepend, wantlist]) => {
      const paths = toPaths(input, prepend);
      return flag(wantlist) ? [paths] : paths;
    },
  },
  get_path: {
    signature: 'path wantlist?',
    run: (input, [path, wantlist], caller) => {
      if (!(input instanceof Map)) throw new TemplateError('get_path needs a dict');
      const names = Array.from(input, ([key, value]): [string, Value] => [text(key), value]);
      const found = caller.template(`{{ ${asText(path)} }}`, new Map(names));
      return flag(wantlist) ? [found] : found;
    },
  },
  index_of: {
    signature: 'test value? key? fail_on_missing? wantlist?',
    run: (input, [test, value = null, key = null, missing, wantlist], caller) => {
      const wanted = { test: asText(test), value, key, strict: flag(missing) };
      const found = indexesOf(caller, items(input), wanted);
      return found.length === 1 && !flag(wantlist) ? found[0]! : found;
    },
  },
};

const bound = (signature: string, args: Arg[], kwargs: Kwargs): (Value | undefined)[] =>
  bind(signature, args, kwargs).map((arg) => (arg === undefined ? undefined : use(arg)));

const named = <T>(make: (entry: { signature: string; run: Run }) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(RUNS).map(([name, entry]) => [`ansible.utils.${name}`, make(entry)]));

/** Filters on paths into nested data (collection ansible.utils), by their full names. */
export const objectPathFilters: Record<string, Filter> = named(
  ({ signature, run }): Filter =>
    (input, args, kwargs, caller) =>
      run(use(input ?? null), bound(signature, args, kwargs), caller),
);

/** The same as lookups: the data is the first term. */
export const objectPathLookups: Record<string, Lookup> = named(
  ({ signature, run }): Lookup =>
    (terms, kwargs, caller) => {
      const [input, ...rest] = terms;
      const found = run(use(input ?? null), bound(signature, rest, kwargs), caller);
      return Array.isArray(found) ? found : [found];
    },
);
