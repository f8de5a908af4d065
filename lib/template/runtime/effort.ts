import { ValueProblem } from '../../values/problem.js';
import { MAX_STEPS, MAX_TIME, type Render } from './state.js';

type Spent = Pick<Render, 'started'>;

/** Stops a render that has taken too much processor time since it was first watched. */
export function watch(r: Spent, usage: NodeJS.CpuUsage = process.cpuUsage()): void {
  r.started ??= usage;
  const taken = usage.user + usage.system - r.started.user - r.started.system;
  if (taken > MAX_TIME)
    throw new ValueProblem(`the template takes longer than ${MAX_TIME / 1e6} seconds`, 'TimeoutError');
}

/** Counts one round of a loop; a template that never ends is stopped. */
export function step(r: Render): void {
  if ((++r.steps & 0xfff) === 0) watch(r);
  if (r.steps > MAX_STEPS)
    throw new ValueProblem(`the template's loops made more than ${MAX_STEPS} rounds`, 'RecursionError');
}

/** Counts one filter: each is bounded in itself, but many of them together may take for ever. */
export function called(r: Render): void {
  if ((++r.calls & 0xf) === 0) watch(r);
}
