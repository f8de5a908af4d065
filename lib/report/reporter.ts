import type { Listener } from '../engine/event.js';

/** A listener that may still have something to draw when the run is over. */
export type Reporter = { readonly listen: Listener; readonly done: () => Promise<void> };

/** A reporter that has nothing left to do. */
export function immediate(listen: Listener): Reporter {
  return { listen, done: async () => undefined };
}
