import { number } from '../evaluate.js';
import { scopeAt } from '../scopes.js';
import type { HostRun } from '../state.js';
import { itemOf, type Step } from '../step.js';
import { gate } from './pool.js';

/** How many hosts may do a step at a time as its `throttle` says; Infinity when it says nothing, or 0. */
export function throttleOf(step: Step, host: HostRun): number {
  const item = itemOf(step);
  const { play } = host.batch;
  const throttle = play.run.effective(item.frame).directives.get('throttle');
  const limit = throttle ? number(throttle, scopeAt(host, item.frame), 0) : 0;
  return limit > 0 ? limit : Number.POSITIVE_INFINITY;
}

/** Lets hosts through to a step. */
export type Throttle = <R>(step: Step, host: HostRun, run: () => Promise<R>) => Promise<R>;

/** For strategies in which hosts meet a task at different times: one gate for each task that has a throttle. */
export function throttles(): Throttle {
  const gates = new Map<ReturnType<typeof itemOf>, ReturnType<typeof gate>>();
  return (step, host, run) => {
    const item = itemOf(step);
    const known = gates.get(item);
    if (known) return known(run);
    const limit = throttleOf(step, host);
    if (limit === Number.POSITIVE_INFINITY) return run();
    const made = gate(limit);
    gates.set(item, made);
    return made(run);
  };
}
