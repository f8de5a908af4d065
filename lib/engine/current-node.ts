import type { Node } from '../node/node.js';
import type { ConnectionSettings } from './connect.js';
import type { Run } from './state.js';

/** Whether another node of the run is the same machine, reached in another way (another user, another name). */
function hasTwin(run: Run, settings: ConnectionSettings): boolean {
  const place = (s: ConnectionSettings): string => `${s.connection}|${s.host}|${s.port ?? 22}`;
  const same = [...run.nodes.keys()].filter(
    (key) => place(JSON.parse(key) as ConnectionSettings) === place(settings),
  );
  return same.length > 1;
}

/**
 * A node that forgets its answers when anything ran in the run whose reach nobody knows: look-ahead asks early, and
 * what was asked before a command, on whatever host, must be asked again after it.
 */
export function currentNode(node: Node, run: Run, settings: ConnectionSettings): Node {
  const seen = { epoch: run.answers.epoch };
  const now = (): Node => {
    if (seen.epoch !== run.answers.epoch) node.forget();
    seen.epoch = run.answers.epoch;
    return node;
  };
  return {
    ...node,
    ask: (queries, as) => now().ask(queries, as),
    knows: (queries, as) => now().knows(queries, as),
    hint: (queries, as) => now().hint(queries, as),
    apply: async (actions, then, as) => {
      try {
        return await now().apply(actions, then, as);
      } finally {
        if (hasTwin(run, settings)) run.answers.epoch += 1;
      }
    },
  };
}
