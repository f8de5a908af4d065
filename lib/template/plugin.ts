import { fromJson, toJson } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import { Undefined } from '../values/undefined.js';
import {
  AheadError,
  type Caller,
  type Filter,
  type Kwargs,
  type Lookup,
  TemplateError,
  type Test,
} from './library.js';
import { use } from './runtime/undefined.js';

/** A filter as users write it: the piped value, the positional arguments, the named ones. */
export type UserFilter = (input: Json, args: readonly Json[], named: JsonObject) => Json;

/** A test as users write it (`x is name(args)`). */
export type UserTest = (input: Json, args: readonly Json[], named: JsonObject) => boolean;

/** What a lookup may ask. Folders are those in which a task's files are looked for, nearest first. */
export type LookupInfo = {
  readonly folders: readonly string[];
  /** A variable of the host, or undefined when it has none of that name. */
  readonly variable: (name: string) => Json | undefined;
};

/** A lookup as users write it: its terms and options to a list of values. */
export type UserLookup = (terms: readonly Json[], options: JsonObject, info: LookupInfo) => readonly Json[];

/** Filters, tests or lookups of one plug-in file, by name. */
export type Plugin =
  | { readonly plugin: 'filter'; readonly functions: ReadonlyMap<string, Filter> }
  | { readonly plugin: 'test'; readonly functions: ReadonlyMap<string, Test> }
  | { readonly plugin: 'lookup'; readonly functions: ReadonlyMap<string, Lookup> };

function named(kwargs: Kwargs): JsonObject {
  return Object.fromEntries([...kwargs].map(([name, value]) => [name, toJson(value)]));
}

/** Runs a user's function; what it throws is an error of the template that called it. */
function guarded<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new TemplateError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function mapped<F, T>(
  functions: Readonly<Record<string, F>>,
  wrap: (name: string, f: F) => T,
): Map<string, T> {
  return new Map(Object.entries(functions).map(([name, f]) => [name, wrap(name, f)]));
}

/** Makes a plug-in of filters: `export default defineFilters({ shout: (text) => String(text).toUpperCase() })`. */
export function defineFilters(filters: Readonly<Record<string, UserFilter>>): Plugin {
  const wrap =
    (name: string, f: UserFilter): Filter =>
    (input, args, kwargs) => {
      const [value, rest] = [toJson(use(input)), args.map((a) => toJson(use(a)))];
      return fromJson(guarded(name, () => f(value, rest, named(kwargs))));
    };
  return { plugin: 'filter', functions: mapped(filters, wrap) };
}

/** Makes a plug-in of tests: `export default defineTests({ even: (n) => Number(n) % 2 === 0 })`. */
export function defineTests(tests: Readonly<Record<string, UserTest>>): Plugin {
  const wrap =
    (name: string, f: UserTest): Test =>
    (input, args, kwargs) => {
      const [value, rest] = [toJson(use(input)), args.map((a) => toJson(use(a)))];
      return guarded(name, () => f(value, rest, named(kwargs))) === true;
    };
  return { plugin: 'test', functions: mapped(tests, wrap) };
}

function infoOf({ host, scope }: Caller): LookupInfo {
  const variable = (name: string): Json | undefined => {
    const value = scope.get(name);
    return value === undefined || value instanceof Undefined ? undefined : toJson(value);
  };
  return { folders: host.searchPath, variable };
}

/** Makes a plug-in of lookups, which are synchronous and never called while a task is only looked at ahead of its turn. */
export function defineLookups(lookups: Readonly<Record<string, UserLookup>>): Plugin {
  const wrap =
    (name: string, f: UserLookup): Lookup =>
    (terms, kwargs, caller) => {
      if (caller.host.ahead) throw new AheadError();
      const list = terms.map((term) => toJson(use(term)));
      return guarded(name, () => f(list, named(kwargs), infoOf(caller))).map(fromJson);
    };
  return { plugin: 'lookup', functions: mapped(lookups, wrap) };
}

/** True for what `defineFilters`, `defineTests` and `defineLookups` give. */
export function isPlugin(value: unknown): value is Plugin {
  return typeof value === 'object' && value !== null && 'plugin' in value && 'functions' in value;
}
