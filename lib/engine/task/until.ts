import { setTimeout as sleep } from 'node:timers/promises';
import { number } from '../evaluate.js';
import { noLog, visible } from './announce.js';
import type { Attempt, Outcome } from './attempt.js';
import { attemptOnce, errorOutcome } from './attempt-once.js';
import { failing } from './conditions.js';
import { resultScope } from './judge.js';

/**
 * Tries an attempt until its `until` holds (or, with `retries` alone, until it does not fail), at most `retries` more
 * times, `delay` seconds apart. As in Ansible, three retries five seconds apart when only `until` is given.
 */
export async function attemptUntil(attempt: Attempt): Promise<Outcome> {
  try {
    return await attempts(attempt);
  } catch (error) {
    attempt.run.signal.throwIfAborted();
    return errorOutcome(error);
  }
}

async function attempts(attempt: Attempt): Promise<Outcome> {
  const { task, scope, run } = attempt;
  if (!task.until && !task.retries) return attemptOnce(attempt);
  const retries = Math.max(0, number(task.retries, scope, 3));
  const delay = Math.max(0, number(task.delay, scope, 5));
  for (let tries = 1; ; tries++) {
    const outcome = await attemptOnce({ ...attempt, tries });
    if (outcome.early || outcome.status === 'skipped' || outcome.status === 'unreachable') return outcome;
    const counted = { ...outcome, result: { ...outcome.result, attempts: tries } };
    const done = task.until
      ? outcome.error === undefined && failing(task.until, resultScope(attempt, counted.result)) === undefined
      : outcome.status !== 'failed';
    if (done) return counted;
    if (tries > retries) return exhausted(counted, tries);
    run.emit({
      type: 'retry',
      task: attempt.info,
      host: attempt.host.name,
      label: shownLabel(attempt),
      left: retries - tries + 1,
      attempts: tries,
      result: visible(attempt, { ...counted.result, retries: retries + 1 }),
    });
    await sleep(delay * 1000, undefined, { signal: run.signal });
  }
}

/** The item that is tried, as the world may see it. */
function shownLabel(attempt: Attempt): string | undefined {
  const label = attempt.item?.label;
  if (label === undefined) return undefined;
  return noLog(attempt) ? 'None' : attempt.run.redactor.text(label);
}

/** As in Ansible, `failed_when` has the last word on the task, while its result says that the retries were in vain. */
function exhausted(outcome: Outcome, tries: number): Outcome {
  return {
    ...outcome,
    status: outcome.result.failed_when_result === false ? outcome.status : 'failed',
    result: { ...outcome.result, failed: true, attempts: Math.max(1, tries - 1) },
  };
}
