import type { Surroundings } from '../../engine/state.js';
import type { Node } from '../../node/node.js';

/** Connections that outlive the run that opened them; `close` ends them all. */
export type KeptNodes = { readonly open: Surroundings['open']; readonly close: () => Promise<void> };

/** Keeps connections from one command to the next: each run would close its own. One that was lost is opened anew. */
export function keptNodes(open: Surroundings['open']): KeptNodes {
  const kept = new Map<string, Promise<Node>>();
  const lasting = (node: Node): Node => ({ ...node, close: async () => undefined });
  return {
    open: (settings) => {
      const key = JSON.stringify(settings);
      const known = kept.get(key);
      if (known) return known.then(lasting);
      const opened = open(settings);
      kept.set(key, opened);
      opened.catch(() => kept.delete(key));
      return opened.then(lasting);
    },
    close: async () => {
      await Promise.allSettled([...kept.values()].map(async (node) => (await node).close()));
    },
  };
}
