import type { Value } from '../values/value.js';
import { find, unknownFunction } from './compile/functions.js';
import type { CompileText } from './compiled.js';
import { GLOBALS } from './globals.js';
import { DEFAULT_SYNTAX, type Syntax } from './lex/syntax.js';
import { type Caller, type HostFiles, type Library, type Scope, TemplateError } from './library.js';
import { findTemplate } from './loader.js';
import { lookupGlobal } from './lookup.js';
import { createContext, fromScope } from './runtime/bindings.js';
import type { Typed } from './runtime/output.js';
import type { Compiled, Loaded, Render, Unit } from './runtime/state.js';
import type { Item } from './runtime/undefined.js';
import type { Origin, TemplateOptions } from './templater.js';
import { fileUnit } from './units.js';

/** What all renders of one templater share. */
export type Shop = {
  readonly library: Library;
  readonly compile: CompileText;
  /** Values are Jinja2's native types. */
  readonly native: boolean;
  /** The delimiters and whitespace rules of its strings. */
  readonly syntax: Syntax;
  readonly compileCondition: (text: string) => Compiled;
  typed(text: string, scope: Scope, files: HostFiles, origin?: Origin): Typed;
  value(text: string, scope: Scope, files: HostFiles): Value;
  file(text: string, name: string, scope: Scope, files: HostFiles, options?: TemplateOptions): string;
  /** The same with some rules changed, and a scope that evaluates its variables by these rules. */
  with(options: TemplateOptions & { readonly native?: boolean }): Shop;
  under(scope: Scope): Scope;
};

/** A scope with further finished names on top. */
export function overlay(scope: Scope, extra: ReadonlyMap<string, Value> | undefined): Scope {
  if (!extra || extra.size === 0) return scope;
  return {
    get: (name) => extra.get(name) ?? scope.get(name),
    has: (name) => extra.has(name) || scope.has(name),
    names: () => new Set([...extra.keys(), ...scope.names()]),
    raw: (name) => (extra.has(name) ? extra.get(name) : scope.raw?.(name)),
    native: (name) => !extra.has(name) && (scope.native?.(name) ?? false),
    ...(scope.under ? { under: (templater) => overlay(scope.under!(templater), extra) } : {}),
  };
}

/** What filters, tests and lookups get to know of a render. */
export function createCaller(shop: Shop, scope: Scope, files: HostFiles): Caller {
  const caller: Caller = {
    scope,
    host: files,
    template: (text, extra) => shop.value(text, overlay(scope, extra), files),
    templateFile: (text, file, extra, options) =>
      shop.file(text, file, overlay(scope, extra), files, options),
    filter: (name, input, args, kwargs) => {
      const found = find(shop.library.filters, 'filter', name);
      if (!found) throw new TemplateError(unknownFunction(shop.library, 'filter', name));
      return found(input, args, kwargs, caller);
    },
    test: (name, input, args, kwargs) => {
      const found = find(shop.library.tests, 'test', name);
      if (!found) throw new TemplateError(unknownFunction(shop.library, 'test', name));
      return found(input, args, kwargs, caller);
    },
  };
  return caller;
}

function loadTemplate(shop: Shop, syntax: Syntax, files: HostFiles) {
  const known = new Map<string, Loaded | undefined>();
  return (name: string, from: Unit): Loaded | undefined => {
    const key = `${name}\0${from.name}`;
    if (!known.has(key)) {
      const source = findTemplate(name, from.name, files);
      const compiled = source && shop.compile(source.text, syntax, false);
      known.set(key, source && compiled && { compiled, unit: fileUnit(source.file) });
    }
    return known.get(key);
  };
}

/** A render's state; what only some templates need is made when it is asked for. */
class RenderState implements Render {
  at = 0;
  depth = 0;
  steps = 0;
  calls = 0;
  started: NodeJS.CpuUsage | undefined;
  copies = false;
  #caller: Caller | undefined;
  #load: Render['load'] | undefined;
  constructor(
    private readonly shop: Shop,
    readonly scope: Scope,
    readonly files: HostFiles,
    public unit: Unit,
    readonly typed: boolean,
    private readonly syntax: Syntax,
  ) {}
  get native(): boolean {
    return this.typed && this.shop.native;
  }
  get library(): Library {
    return this.shop.library;
  }
  get caller(): Caller {
    this.#caller ??= createCaller(this.shop, this.scope, this.files);
    return this.#caller;
  }
  globals(name: string): Value | undefined {
    if (name === 'lookup') return lookupGlobal(this.library, this.caller, false);
    if (name === 'query' || name === 'q') return lookupGlobal(this.library, this.caller, true);
    return GLOBALS.get(name);
  }
  load(name: string, from: Unit): Loaded | undefined {
    this.#load ??= loadTemplate(this.shop, this.syntax, this.files);
    return this.#load(name, from);
  }
}

/** Prepares one render of a unit. */
export function createRender(
  shop: Shop,
  scope: Scope,
  files: HostFiles,
  unit: Unit,
  typed: boolean,
  syntax: Syntax = DEFAULT_SYNTAX,
): Render {
  return new RenderState(shop, scope, files, unit, typed, syntax);
}

/** Runs a compiled template and gives its chunks. */
export function runCompiled(r: Render, compiled: Compiled): Item[] {
  const out: Item[] = [];
  const c = createContext(fromScope);
  for (const [name, body] of compiled.blocks) c.blocks.set(name, [body]);
  r.copies = compiled.mutates;
  compiled.root(r, c, out);
  return out;
}
