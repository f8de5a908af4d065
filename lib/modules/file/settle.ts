import type { Action } from '../../node/actions/action.js';
import type { PathState } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { attributeChange, setAttributes } from '../file-attributes.js';
import { change, ok, type Plan } from '../plan.js';
import type { Case } from './seen.js';
import { timesChange } from './times.js';

/** What a state's plan does to the path besides attributes and times. */
export type Start = {
  readonly path: string;
  readonly actions: readonly Action[];
  readonly before?: JsonObject;
  readonly after?: JsonObject;
  readonly result?: JsonObject;
};

/**
 * Ends a plan: adds what owner, group, mode, flags and times need on a path that exists (or that the actions so far
 * leave as `state` says), and everything below it when asked. `reason` is given when nothing is left to do.
 */
export function settle(c: Case, start: Start, state: PathState | undefined, reason: string): Plan {
  const { args, seen } = c;
  const own = state ? attributeChange(args, state) : undefined;
  const times = timesChange(start.path, seen, state);
  const actions = [
    ...start.actions,
    ...(own ? setAttributes(start.path, own) : []),
    ...(times ? [times.action] : []),
    ...below(c),
  ];
  const result = { path: start.path, ...start.result };
  const same = { path: start.path };
  if (actions.length === 0) return ok(reason, { ...result, diff: { before: same, after: same } });
  const before = { path: start.path, ...start.before, ...own?.before, ...times?.before };
  const after = { path: start.path, ...start.after, ...own?.after, ...times?.after };
  return change('path differs', actions, { result, diff: [{ before, after }] });
}

/** Attributes and times of everything below a directory, one action for each path that differs. */
function below({ args, seen }: Case): Action[] {
  const entries = args.recurse ? (seen.below?.entries.slice(1) ?? []) : [];
  return entries.flatMap((entry) => {
    const times = entry.type === 'link' ? undefined : timesChange(entry.path, seen, entry);
    // With `follow` an entry is what a link leads to, unless that is nowhere.
    const set = setAttributes(entry.path, attributeChange(args, entry), args.follow && entry.type !== 'link');
    return times ? [...set, times.action] : set;
  });
}
