import type { TouchAction } from '../../node/actions/action.js';
import type { PathState } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { WishError } from '../file-attributes.js';

const FIELDS: Record<string, string> = {
  Y: '(?<Y>\\d{4})',
  y: '(?<y>\\d{2})',
  m: '(?<m>\\d{1,2})',
  d: '(?<d>\\d{1,2})',
  H: '(?<H>\\d{1,2})',
  M: '(?<M>\\d{1,2})',
  S: '(?<S>\\d{1,2})',
  T: '(?<H>\\d{1,2}):(?<M>\\d{1,2}):(?<S>\\d{1,2})',
  F: '(?<Y>\\d{4})-(?<m>\\d{1,2})-(?<d>\\d{1,2})',
  '%': '%',
};

function patternOf(format: string): RegExp {
  const source = format.replace(/%(.)|([\\^$.*+?()[\]{}|])/g, (_, field: string, special: string) => {
    if (special) return `\\${special}`;
    const part = FIELDS[field];
    if (part === undefined)
      throw new WishError(`the time format ${format} has %${field}, which is not known`);
    return part;
  });
  return new RegExp(`^${source}$`);
}

/** A time written in a strptime format, as `date -d` reads it (in the node's own time zone). */
export function timeText(text: string, format: string): string {
  const g = patternOf(format).exec(text)?.groups;
  if (!g)
    throw new WishError(
      `Error while obtaining timestamp for time ${text} using format ${format}: time data '${text}' does not match format '${format}'`,
    );
  const two = (part: string | undefined, otherwise = '0') => (part ?? otherwise).padStart(2, '0');
  const year = g.Y ?? (g.y === undefined ? '1900' : String((Number(g.y) < 69 ? 2000 : 1900) + Number(g.y)));
  return `${year}-${two(g.m, '1')}-${two(g.d, '1')} ${two(g.H)}:${two(g.M)}:${two(g.S)}`;
}

/** Wished times of a path: seconds, `now`, or undefined to leave them. */
export type Times = { readonly mtime?: number | 'now'; readonly atime?: number | 'now' };

/** The action that sets times which differ, with what a diff shows; undefined when there is nothing to set. */
export function timesChange(
  path: string,
  times: Times,
  state: PathState | undefined,
): { action: TouchAction; before: JsonObject; after: JsonObject } | undefined {
  const before: JsonObject = {};
  const after: JsonObject = {};
  const wanted = (name: 'mtime' | 'atime') => {
    const wish = times[name];
    if (wish === undefined || (state && wish === Math.trunc(state[name]))) return undefined;
    before[name] = state?.[name];
    after[name] = wish;
    return wish;
  };
  const mtime = wanted('mtime');
  const atime = wanted('atime');
  if (mtime === undefined && atime === undefined) return undefined;
  return { action: { kind: 'touch', path, mtime, atime }, before, after };
}
