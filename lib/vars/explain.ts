import { keyPos, type Pos } from '../values/position.js';
import { Undefined } from '../values/undefined.js';
import type { Raw, Value } from '../values/value.js';
import type { Layer, LazyLayer } from './layer.js';
import { type Level, levelNumber } from './level.js';
import type { LayeredScope } from './scope.js';

/** One place that gives a variable a value: its level of precedence, whose it is, where it was written, and what. */
export type Source = {
  readonly level: Level;
  readonly number: number;
  readonly owner?: string;
  /** Undefined for what no file holds: magic variables, facts, answers to prompts. */
  readonly pos?: Pos;
  readonly file?: string;
  /** As written; undefined for magic variables. */
  readonly raw?: Raw;
};

/** A variable of a scope: the source that wins, those below it (highest first), and what it evaluates to. */
export type Explained = {
  readonly name: string;
  readonly from: Source;
  readonly over: readonly Source[];
  /** The finished value, or why there is none. */
  readonly value: Value | Error;
};

function sourceIn(layer: Layer | LazyLayer, name: string): Source {
  if ('names' in layer) return { level: 'magic variables', number: levelNumber('magic variables') };
  const level = layer.standing?.level ?? 'set_fact and register';
  const pos = keyPos(layer.vars, name);
  return {
    level,
    number: levelNumber(level),
    owner: layer.standing?.owner,
    pos,
    file: pos?.file ?? (layer.label.includes('/') ? layer.label : undefined),
    raw: layer.vars.get(name) as Raw,
  };
}

function holds(layer: Layer | LazyLayer, name: string): boolean {
  return 'names' in layer ? layer.names.has(name) : layer.vars.has(name);
}

/** One place seen twice, because a folder is beside both the inventory and the playbook, counts once. */
function same(a: Source, b: Source): boolean {
  return a.pos !== undefined && b.pos !== undefined && a.pos.file === b.pos.file && a.pos.line === b.pos.line;
}

function evaluated(scope: LayeredScope, name: string): Value | Error {
  try {
    const value = scope.get(name);
    return value instanceof Undefined ? new Error(value.message) : (value ?? null);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Where a variable of a scope comes from and what it overrides; undefined for a name that nothing holds. */
export function explain(scope: LayeredScope, name: string): Explained | undefined {
  const all = scope.layers.filter((layer) => holds(layer, name)).map((layer) => sourceIn(layer, name));
  const sources = all.filter((source, at) => !all.slice(0, at).some((before) => same(before, source)));
  const [from, ...over] = sources;
  return from && { name, from, over, value: evaluated(scope, name) };
}
