import { Undefined } from '../../values/undefined.js';
import type { Value } from '../../values/value.js';
import type { Body, Render } from './state.js';
import type { Item } from './undefined.js';

/** Names as a template's top level sees them: what it has set itself, then locals handed over, scope, globals. */
export type Context = {
  readonly set: Map<string, Item>;
  readonly exported: Set<string>;
  readonly blocks: Map<string, Body[]>;
  readonly base: (r: Render, name: string) => Item | undefined;
  /** What `include` and `import with context` hand over. */
  readonly parent: Context | undefined;
};

/** Dicts that make their values when they are looked at (`hostvars`) may lead to themselves, and nobody changes them. */
const isLazy = (v: object): boolean => Object.hasOwn(v, 'get');

function copied(v: Item): Item {
  if (Array.isArray(v)) return v.map(copied) as Value[];
  if (v instanceof Map && !isLazy(v))
    return new Map([...v].map(([key, value]) => [key, copied(value) as Value]));
  return v;
}

function rawDict(r: Render): Value {
  const dict = new Map<Value, Value>();
  for (const name of r.scope.names())
    dict.set(name, (r.scope.raw?.(name) ?? r.scope.get(name) ?? null) as Value);
  return dict;
}

/** Looks a name up in the render's scope, then among the globals. */
export function fromScope(r: Render, name: string): Item | undefined {
  const found = r.scope.get(name);
  if (found !== undefined) return r.copies && !(found instanceof Undefined) ? copied(found) : found;
  return name === 'vars' ? rawDict(r) : r.globals(name);
}

/** Only the globals: what an imported template sees without context. */
export function fromGlobals(r: Render, name: string): Item | undefined {
  return r.globals(name);
}

/** A context over a way to look names up. */
export function createContext(base: Context['base'], parent?: Context): Context {
  return { set: new Map(), exported: new Set(), blocks: new Map(), base, parent };
}

/** A context that sees another one, with some locals on top. */
export function deriveContext(parent: Context, locals: ReadonlyMap<string, Item>): Context {
  // What the parent sets later is not seen.
  const seen = new Map(parent.set);
  return createContext((r, name) => locals.get(name) ?? seen.get(name) ?? parent.base(r, name), parent);
}

/** The value a name has in a context, or undefined. */
export function resolve(r: Render, c: Context, name: string): Item | undefined {
  return c.set.get(name) ?? c.base(r, name);
}

/** Sets a name at a template's top level; names with a leading underscore are not exported. */
export function setTop(c: Context, name: string, value: Item): void {
  c.set.set(name, value);
  if (!name.startsWith('_')) c.exported.add(name);
}
