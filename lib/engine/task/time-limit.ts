import { number } from '../evaluate.js';
import type { Attempt, Outcome } from './attempt.js';

/** How long a task may take, and what is said when it takes longer. */
export type TimeLimit = { readonly seconds: number; readonly message: string };

/** The limit that `timeout` sets; undefined for none. */
export function timeLimit({ effective, scope, module }: Attempt): TimeLimit | undefined {
  const seconds = number(effective.directives.get('timeout'), scope, 0);
  if (seconds <= 0) return undefined;
  const message = `The ${module.name} action failed to execute in the expected time frame (${seconds}) and was terminated`;
  return { seconds, message };
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
