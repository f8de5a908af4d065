import { FfeError } from '../errors/error.js';
import type { HostFiles, Scope } from '../template/library.js';
import type { Templater } from '../template/templater.js';
import { Undefined } from '../values/undefined.js';
import type { Raw, Value } from '../values/value.js';
import type { Layer, LazyLayer } from './layer.js';
import { originOf } from './origin.js';
import { isFinished, resolve } from './resolve.js';
import { bringsData } from './unsafe.js';

/** What a scope needs to finish raw values. */
export type ScopeTools = { readonly templater: Templater; readonly files: HostFiles };

/** A scope whose layers are known: the highest precedence first. */
export type LayeredScope = Scope & {
  readonly layers: readonly (Layer | LazyLayer)[];
  readonly tools: ScopeTools;
  /** The same scope with finished values above all others (loop items, library calls); `safe` as in Layer. */
  with(extra: ReadonlyMap<string, Value>, safe?: boolean): LayeredScope;
  /** The same scope with template variables above all others (a task's own vars, an include's). */
  over(layer: Layer): LayeredScope;
};

type Found = { readonly layer: Layer | LazyLayer; readonly raw: Raw | undefined };

function find(layers: readonly (Layer | LazyLayer)[], name: string): Found | undefined {
  for (const layer of layers) {
    if ('names' in layer) {
      if (layer.names.has(name)) return { layer, raw: undefined };
    } else if (layer.vars.has(name)) return { layer, raw: layer.vars.get(name) as Raw };
  }
  return undefined;
}

function cycle(chain: readonly string[], name: string): FfeError {
  const loop = [...chain.slice(chain.indexOf(name)), name].join(' -> ');
  return new FfeError('template', `recursive loop detected in variables: ${loop}`, {
    hint: 'a variable must not refer to itself, not even through others',
  });
}

/** Whether names may hold data: looked into only when somebody asks, which is rare. */
function unsafeNames(layers: readonly (Layer | LazyLayer)[], tools: ScopeTools): (name: string) => boolean {
  const known = new Map<string, boolean>();
  const unsafe = (name: string): boolean => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // A name that refers to itself is an error that its use reports.
    known.set(name, false);
    const found = find(layers, name);
    const answer = found ? holdsData(name, found) : name === 'vars';
    known.set(name, answer);
    return answer;
  };
  const holdsData = (name: string, { layer, raw }: Found): boolean => {
    if ('names' in layer) return name === 'hostvars';
    return layer.data ? layer.safe !== true : bringsData(raw, tools.templater.reads, unsafe);
  };
  return unsafe;
}

/**
 * A scope over layers, highest precedence first. Values are templated when they are first asked for and remembered
 * for the life of the scope. A variable whose template is undefined is an Undefined itself, so `default` still applies.
 */
export function makeScope(layers: readonly (Layer | LazyLayer)[], tools: ScopeTools): LayeredScope {
  const finished = new Map<string, Value | Undefined>();
  const native = new Set<string>();
  const chain: string[] = [];
  const finish = (name: string, { layer, raw }: Found): Value | Undefined => {
    if ('names' in layer) return layer.get(name) ?? new Undefined(name, `'${name}' is undefined`);
    const { templater, files } = tools;
    if (layer.data || isFinished(raw as Raw, templater.may)) return raw as Value;
    if (chain.includes(name)) throw cycle(chain, name);
    chain.push(name);
    try {
      if (typeof raw === 'string') {
        const result = templater.typed(raw, scope, files, originOf(layer.vars, name));
        if (result.native) native.add(name);
        return result.value;
      }
      const text = (source: string, container?: object, key?: unknown): Value =>
        templater.value(
          source,
          scope,
          files,
          container ? originOf(container, key) : originOf(layer.vars, name),
        );
      return resolve(raw as Raw, templater.may ? Object.assign(text, { may: templater.may }) : text, files);
    } catch (error) {
      if (error instanceof FfeError && error.code === 'undefined')
        return new Undefined(name, error.message, error.pos);
      throw error;
    } finally {
      chain.pop();
    }
  };
  const get = (name: string): Value | Undefined | undefined => {
    const known = finished.get(name);
    if (known !== undefined) return known;
    const found = find(layers, name);
    if (found === undefined) return undefined;
    const value = finish(name, found);
    finished.set(name, value);
    return value;
  };
  const scope: LayeredScope = {
    layers,
    tools,
    get,
    has: (name) => find(layers, name) !== undefined,
    names: () => namesOf(layers),
    raw: (name) => find(layers, name)?.raw,
    native: (name) => native.has(name),
    unsafe: unsafeNames(layers, tools),
    with: (extra, safe) => makeScope([{ label: 'loop', data: true, safe, vars: extra }, ...layers], tools),
    over: (layer) => makeScope([layer, ...layers], tools),
    under: (templater) => makeScope(layers, { ...tools, templater }),
  };
  return scope;
}

function* namesOf(layers: readonly (Layer | LazyLayer)[]): Iterable<string> {
  const seen = new Set<string>();
  for (const layer of layers)
    for (const name of 'names' in layer ? layer.names : layer.vars.keys())
      if (!seen.has(name)) {
        seen.add(name);
        yield name;
      }
}
