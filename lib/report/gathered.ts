import type { Listener } from '../engine/event.js';

/** Writers whose lines of results wait for each other, and what makes a listener tell when they need not. */
export type Gathered = {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** A listener after which everything is written, but for the results of hosts and items. */
  readonly around: (listen: Listener) => Listener;
  readonly flush: () => void;
};

type Writers = Pick<Gathered, 'out' | 'err'>;

/** Enough for one write; more would only hold memory. */
const FULL = 1 << 16;

/**
 * Gathers the lines of results that come within one turn of the event loop into one write: a thousand hosts that skip
 * a task would be a thousand system calls. Nothing waits longer than a turn, `err` keeps its place between the lines,
 * and what is not a result (a prompt, the next task) is written at once with all before it.
 */
export function gathered({ out, err }: Writers): Gathered {
  let held = '';
  let waiting: NodeJS.Immediate | undefined;
  const flush = (): void => {
    clearImmediate(waiting);
    waiting = undefined;
    const text = held;
    held = '';
    if (text !== '') out(text);
  };
  return {
    out: (text) => {
      held += text;
      if (held.length > FULL) flush();
      else waiting ??= setImmediate(flush);
    },
    err: (text) => {
      flush();
      err(text);
    },
    around: (listen) => (event) => {
      listen(event);
      if (event.type !== 'host-result' && event.type !== 'item-result' && event.type !== 'host-start')
        flush();
    },
    flush,
  };
}
