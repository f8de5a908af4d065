import { FfeError } from '../errors/error.js';
import { merge } from '../template/filters/combine.js';
import type { HostFiles, Scope } from '../template/library.js';
import type { Templater } from '../template/templater.js';
import { Undefined } from '../values/undefined.js';
import { PyFloat, type Raw, Sealed, type Value } from '../values/value.js';
import type { Layer, LazyLayer } from './layer.js';
import { originOf } from './origin.js';
import { isFinished, resolve } from './resolve.js';
import { bringsData } from './unsafe.js';

/** What a scope needs to finish raw values. */
export type ScopeTools = {
  readonly templater: Templater;
  readonly files: HostFiles;
  /** A dict adds to those of the layers below, key by key. */
  readonly merges?: boolean;
};

/** A scope whose layers are known: the highest precedence first. */
export type LayeredScope = Scope & {
  readonly layers: readonly (Layer | LazyLayer)[];
  readonly tools: ScopeTools;
  /** The same scope with finished values above all others (loop items, library calls); `safe` as in Layer. */
  with(extra: ReadonlyMap<string, Value>, safe?: boolean): LayeredScope;
  /** The same scope with a layer above all others (a task's own vars, an include's). */
  over(layer: Layer | LazyLayer): LayeredScope;
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

/** Numbers, truth values and nothing: data that no template can hide in. */
const isScalar = (raw: Raw | undefined): boolean =>
  raw === null || raw instanceof PyFloat || ['number', 'bigint', 'boolean'].includes(typeof raw);

/** Whether names may hold data: looked into only when somebody asks, which is rare. */
function unsafeNames(layers: readonly (Layer | LazyLayer)[], tools: ScopeTools): (name: string) => boolean {
  let known: Map<string, boolean> | undefined;
  const unsafe = (name: string): boolean => {
    known ??= new Map();
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
    if (layer.data) return layer.safe !== true && !isScalar(raw);
    return bringsData(raw, tools.templater.reads, unsafe);
  };
  return unsafe;
}

/** A dict with what the layers below its own add, down to the first that holds something else. */
function mergedDict(
  layers: readonly (Layer | LazyLayer)[],
  name: string,
  found: Found,
  own: Value,
  finish: (name: string, found: Found) => Value | Undefined,
): Value {
  if (!(found.raw instanceof Map)) return own;
  const below = layers.slice(layers.indexOf(found.layer) + 1);
  const next = find(below, name);
  if (!(next?.raw instanceof Map)) return own;
  const low = finish(name, next);
  return low instanceof Map ? merge(mergedDict(below, name, next, low, finish), own, true, 'replace') : own;
}

function unopened(name: string, { envelope }: Sealed, error: Error): Undefined {
  return new Undefined(name, error.message, undefined, false, { envelope, error });
}

/** What a variable is that could not be finished; throws what is no matter of the variable. */
function unfinished(name: string, raw: Raw, error: unknown): Undefined {
  if (error instanceof FfeError && error.code === 'undefined')
    return new Undefined(name, error.message, error.pos);
  if (raw instanceof Sealed) return unopened(name, raw, error as Error);
  throw error;
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
    if ('names' in layer) {
      const value = layer.get(name);
      return value === undefined ? new Undefined(name, `'${name}' is undefined`) : value;
    }
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
      return unfinished(name, raw as Raw, error);
    } finally {
      chain.pop();
    }
  };
  const get = (name: string): Value | Undefined | undefined => {
    const known = finished.get(name);
    if (known !== undefined) return known;
    const found = find(layers, name);
    if (found === undefined) return undefined;
    const own = finish(name, found);
    const value = tools.merges && own instanceof Map ? mergedDict(layers, name, found, own, finish) : own;
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
  for (const layer of layers) {
    if ('hidden' in layer) continue;
    for (const name of 'names' in layer ? layer.names : layer.vars.keys())
      if (!seen.has(name)) {
        seen.add(name);
        yield name;
      }
  }
}
