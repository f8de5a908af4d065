import { FfeError } from '../../errors/error.js';
import { number } from '../evaluate.js';
import type { Attempt, Outcome } from './attempt.js';

/** How long a task may take, and what is said when it takes longer. */
export type TimeLimit = { readonly seconds: number; readonly message: string };

/** The limit that `timeout`, or `async` with polling, sets; undefined for none. A task without polling is refused. */
export function timeLimit(attempt: Attempt): TimeLimit | undefined {
  const { effective, scope, task } = attempt;
  const timeout = number(effective.directives.get('timeout'), scope, 0);
  const async = number(task.async, scope, 0);
  if (async > 0 && number(task.poll, scope, 15) === 0) {
    throw new FfeError('unsupported', 'async with poll: 0 is not supported yet', {
      pos: task.poll?.pos ?? task.pos,
      hint: 'without poll: 0 the task runs with `async` as its time limit',
    });
  }
  if (timeout > 0 && (async === 0 || timeout <= async)) {
    const message = `The ${attempt.module.name} action failed to execute in the expected time frame (${timeout}) and was terminated`;
    return { seconds: timeout, message };
  }
  return async > 0
    ? { seconds: async, message: `async task did not complete within the requested time - ${async}s` }
    : undefined;
}

/** Waits for work at most that long. `stop` ends what still runs; its own end is waited for. */
export async function within(
  limit: TimeLimit,
  work: (signal: AbortSignal) => Promise<Outcome>,
  stop: () => Promise<void>,
): Promise<Outcome> {
  const control = new AbortController();
  const late = new Promise<'late'>((resolve) => {
    control.signal.addEventListener('abort', () => resolve('late'), { once: true });
  });
  const timer = setTimeout(() => control.abort(), limit.seconds * 1000);
  try {
    const running = work(control.signal);
    const first = await Promise.race([
      running.then(
        (outcome) => ({ outcome }),
        (error: unknown) => ({ error }),
      ),
      late,
    ]);
    if (first !== 'late' && !control.signal.aborted) {
      if ('error' in first) throw first.error;
      return first.outcome;
    }
    await stop();
    await running.catch(() => undefined);
    return { status: 'failed', effects: [], result: { changed: false, failed: true, msg: limit.message } };
  } finally {
    clearTimeout(timer);
  }
}
