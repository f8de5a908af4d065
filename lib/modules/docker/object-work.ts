import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../values/json.js';
import type { RunInfo } from '../module.js';
import type { Difference } from './differences.js';
import type { Engine } from './engine.js';
import type { Request } from './http.js';

/** What a module about one object of the engine has done so far. */
export type ObjectTold = { changed: boolean; readonly actions: string[]; readonly found: Difference[] };

/** What such a module works with. */
export type ObjectWork = {
  readonly info: Pick<RunInfo, 'check' | 'diff' | 'did'>;
  readonly engine: Engine;
  readonly told: ObjectTold;
};

/** Does one thing, unless in check mode, and says so in words. */
export async function doing(
  { info, engine, told }: ObjectWork,
  action: string,
  request: Request,
  failure: string,
): Promise<Json | undefined> {
  told.changed = true;
  told.actions.push(action);
  if (info.check) return undefined;
  const answer = await engine.call(request, failure);
  info.did(action);
  return answer;
}

/** What of a dict is missing or other in what there is; the names are told with the option's before them. */
export function dictDifferences(option: string, wish: JsonObject, now: Json | undefined): Difference[] {
  const there = (now ?? {}) as JsonObject;
  return Object.entries(wish)
    .filter(([key, value]) => !isDeepStrictEqual(there[key], value))
    .map(([key, value]) => ({ name: `${option}.${key}`, wish: value ?? null, now: there[key] ?? null }));
}

/** The result of such a module: the actions in check mode, with debug, and of what is to be absent; the diff when it was asked for. */
export function objectResult(
  { info, told }: ObjectWork,
  debug: boolean,
  exists: readonly [before: boolean, after: boolean],
  differences: readonly Difference[],
): JsonObject {
  const all = [{ name: 'exists', wish: exists[1], now: exists[0] }, ...told.found, ...differences];
  const side = (which: 'wish' | 'now') => Object.fromEntries(all.map((d) => [d.name, d[which]]));
  const shown = { differences: differences.map((d) => d.name), before: side('now'), after: side('wish') };
  return {
    changed: told.changed,
    ...(info.check || debug || !exists[1] ? { actions: told.actions } : {}),
    ...(info.diff || debug ? { diff: shown } : {}),
  };
}
