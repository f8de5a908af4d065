import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../values/json.js';
import { objectOf } from './engine.js';

/** How a value is made up; `dicts` is a set of dicts, each of which may have more than is wished. */
export type Kind = 'value' | 'list' | 'set' | 'dict' | 'dicts';

/** How closely what is there must follow what is wished. */
export type Mode = 'strict' | 'ignore' | 'allow_more_present';

/** The mode of a kind when a task names none. */
export function usualMode(kind: Kind): Mode {
  return kind === 'value' || kind === 'list' ? 'strict' : 'allow_more_present';
}

function withIn(wish: JsonObject, now: JsonObject): boolean {
  return Object.entries(wish).every(([k, v]) => k in now && isDeepStrictEqual(v, now[k]));
}

function inOrder(wish: readonly Json[], now: readonly Json[]): boolean {
  const rest = [...now];
  return wish.every((w) => {
    const at = rest.findIndex((n) => isDeepStrictEqual(n, w));
    rest.splice(0, at + 1);
    return at >= 0;
  });
}

function every(wish: readonly Json[], now: readonly Json[], fits: (w: Json, n: Json) => boolean): boolean {
  return wish.every((w) => now.some((n) => fits(w, n)));
}

function listsAgree(wish: readonly Json[], now: readonly Json[], strict: boolean, kind: Kind): boolean {
  if (kind === 'list') return strict ? isDeepStrictEqual(wish, now) : inOrder(wish, now);
  const fits = (w: Json, n: Json) =>
    kind === 'dicts' ? withIn(objectOf(w) ?? {}, objectOf(n) ?? {}) : isDeepStrictEqual(w, n);
  return every(wish, now, fits) && (!strict || every(now, wish, (n, w) => fits(w, n)));
}

function size(value: Json): number {
  return value === null || typeof value !== 'object' ? 1 : Object.keys(value).length;
}

/** Whether what is there is as wished. Nothing at all is the same as an empty set, list or dict. */
export function agrees(wish: Json, now: Json | undefined, mode: Mode, kind: Kind): boolean {
  if (mode === 'ignore') return true;
  if (kind === 'value') return isDeepStrictEqual(wish, now ?? null);
  if (now === undefined || now === null) return wish === null || size(wish) === 0;
  if (kind === 'dict') {
    const [w, n] = [objectOf(wish) ?? {}, objectOf(now) ?? {}];
    return mode === 'strict' ? isDeepStrictEqual(w, n) : withIn(w, n);
  }
  if (!Array.isArray(wish) || !Array.isArray(now)) return false;
  return listsAgree(wish, now, mode === 'strict', kind);
}
