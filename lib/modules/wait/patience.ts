import { setTimeout } from 'node:timers/promises';

/** How long to wait, in seconds. */
export type Patience = { readonly delay: number; readonly sleep: number; readonly timeout: number };

/** What a wait came to: the seconds it took, and what the last try gave; undefined when time ran out. */
export type Waited<T> = { readonly elapsed: number; readonly found: T | undefined };

/** Tries until something comes of it or the time is over; a cancelled run rejects. */
export async function patiently<T>(
  { delay, sleep, timeout }: Patience,
  signal: AbortSignal,
  attempt: (remaining: number) => Promise<T | undefined>,
): Promise<Waited<T>> {
  const started = Date.now();
  const elapsed = () => Math.floor((Date.now() - started) / 1000);
  const end = started + timeout * 1000;
  if (delay > 0) await setTimeout(delay * 1000, undefined, { signal });
  while (Date.now() < end) {
    signal.throwIfAborted();
    const found = await attempt(Math.max(1, Math.ceil((end - Date.now()) / 1000)));
    if (found !== undefined) return { elapsed: elapsed(), found };
    await setTimeout(sleep * 1000, undefined, { signal });
  }
  return { elapsed: elapsed(), found: undefined };
}
