import type { JsonObject } from '../../values/json.js';
import type { Difference } from './differences.js';

/** What a module has found and done so far; it grows while the module works. */
export type Told = {
  changed: boolean;
  readonly actions: JsonObject[];
  readonly found: Difference[];
  readonly warnings: string[];
  /** Fields of the diff besides before and after, and of the result. */
  readonly diff: JsonObject;
  readonly result: JsonObject;
};

/** Nothing yet. */
export function nothingTold(): Told {
  return { changed: false, actions: [], found: [], warnings: [], diff: {}, result: {} };
}

/** Notes one thing that is not as wished. */
export function note(told: Told, name: string, wish: Difference['wish'], now: Difference['now']): void {
  told.found.push({ name, wish, now });
}

/** The result: `actions` in check mode and with debug, `diff` when it was asked for. */
export function resultOf(told: Told, info: { check: boolean; diff: boolean }, debug: boolean): JsonObject {
  const side = (which: 'wish' | 'now') => Object.fromEntries(told.found.map((d) => [d.name, d[which]]));
  return {
    changed: told.changed,
    ...(info.check || debug ? { actions: told.actions } : {}),
    ...(info.diff || debug ? { diff: { ...told.diff, before: side('now'), after: side('wish') } } : {}),
    ...(told.warnings.length > 0 ? { warnings: told.warnings } : {}),
    ...told.result,
  };
}
