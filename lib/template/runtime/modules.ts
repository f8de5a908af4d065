import { FfeError } from '../../errors/error.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { Undefined } from '../../values/undefined.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Context, createContext, fromGlobals } from './bindings.js';
import { nested } from './call.js';
import { gather, join } from './output.js';
import { type Body, type Loaded, placeOf, type Render } from './state.js';
import { type Item, use } from './undefined.js';

function names(v: Item): string[] {
  const value = use(v);
  const list = Array.isArray(value) ? value : value instanceof Tuple ? value.items : [value];
  return list.map((name) => {
    if (typeof name === 'string') return name;
    throw new ValueProblem('the name of a template must be text');
  });
}

function load(r: Render, at: number, v: Item): Loaded | undefined {
  r.at = at;
  for (const name of names(v)) {
    const found = r.load(name, r.unit);
    if (found) return found;
  }
  return undefined;
}

function need(r: Render, at: number, v: Item): Loaded {
  const found = load(r, at, v);
  if (found) return found;
  throw new FfeError('not-found', `template not found: ${names(v).join(', ')}`, { pos: placeOf(r, at) });
}

/** Runs another template's root in its own file. */
function run(r: Render, loaded: Loaded, c: Context, out: Item[]): void {
  const from = r.unit;
  const copies = r.copies;
  r.unit = loaded.unit;
  r.copies = copies || loaded.compiled.mutates;
  for (const [name, body] of loaded.compiled.blocks)
    c.blocks.set(name, [...(c.blocks.get(name) ?? []), body]);
  nested(r, () => loaded.compiled.root(r, c, out));
  r.unit = from;
  r.copies = copies;
}

/** `{% include %}`: output goes where the including template writes. */
export function include(
  r: Render,
  at: number,
  name: Item,
  ignoreMissing: boolean,
  c: Context | undefined,
  out: Item[],
): void {
  const loaded = ignoreMissing ? load(r, at, name) : need(r, at, name);
  if (loaded) run(r, loaded, c ?? createContext(fromGlobals), out);
}

/** An imported template: its exported names. */
export type Module = { readonly context: Context; readonly name: string; readonly special: Special };

/** `{% import %}`: runs a template for its names. */
export function importModule(r: Render, at: number, name: Item, c: Context | undefined): Module {
  const loaded = need(r, at, name);
  const context = c ?? createContext(fromGlobals);
  const out: Item[] = [];
  run(r, loaded, context, out);
  const special = new Special('TemplateModule', {
    attr: (key) => (context.exported.has(key) ? context.set.get(key) : undefined),
    text: () => join(out),
  });
  return { context, name: loaded.unit.name, special };
}

/** One name of an imported template. */
export function imported(r: Render, at: number, module: Module, name: string): Item {
  const found = module.context.exported.has(name) ? module.context.set.get(name) : undefined;
  return (
    found ?? new Undefined(name, `the template '${module.name}' does not export '${name}'`, placeOf(r, at))
  );
}

/** `{% extends %}`: notes the parent and lays its blocks below ours. */
export function extend(r: Render, at: number, c: Context, before: Loaded | undefined, name: Item): Loaded {
  if (before) throw new ValueProblem('a template can only extend one other', 'TemplateRuntimeError');
  const loaded = need(r, at, name);
  for (const [block, body] of loaded.compiled.blocks)
    c.blocks.set(block, [...(c.blocks.get(block) ?? []), body]);
  return loaded;
}

/** Runs the parent after the child's own level. */
export function parent(r: Render, c: Context, loaded: Loaded, out: Item[]): void {
  const from = r.unit;
  r.unit = loaded.unit;
  nested(r, () => loaded.compiled.root(r, c, out));
  r.unit = from;
}

/** Writes a block: the most derived one of that name. */
export function block(
  r: Render,
  at: number,
  c: Context,
  inside: Context,
  name: string,
  required: boolean,
  out: Item[],
): void {
  r.at = at;
  const bodies = c.blocks.get(name) ?? [];
  if (required && bodies.length <= 1)
    throw new ValueProblem(`the required block '${name}' is not overridden`, 'TemplateRuntimeError');
  if (inside !== c) for (const [key, value] of c.blocks) inside.blocks.set(key, value);
  nested(r, () => bodies[0]?.(r, inside, out));
}

function reference(r: Render, c: Context, name: string, depth: number): Special | undefined {
  const body = c.blocks.get(name)?.[depth];
  if (!body) return undefined;
  return new Special('BlockReference', {
    call: () => {
      const out: Item[] = [];
      nested(r, () => body(r, c, out));
      return gather(r, out);
    },
    attr: (key) => (key === 'super' ? (reference(r, c, name, depth + 1) ?? noParent(name)) : undefined),
  });
}

function noParent(name: string): Undefined {
  return new Undefined('super', `there is no parent block called '${name}'`);
}

/** `super()` of a block. */
export function above(r: Render, c: Context, name: string, body: Body): Value | Undefined {
  const at = c.blocks.get(name)?.indexOf(body) ?? -1;
  return reference(r, c, name, at + 1) ?? noParent(name);
}

/** `self`: the template's blocks by name. */
export function self(r: Render, c: Context): Special {
  return new Special('TemplateReference', { attr: (name) => reference(r, c, name, 0) });
}
