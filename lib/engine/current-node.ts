import type { Node } from '../node/node.js';
import type { ConnectionSettings } from './connect.js';
import type { Run } from './state.js';

/** The machine behind a connection, whoever logs in. */
function placeOf(settings: ConnectionSettings): string {
  return settings.connection === 'local' ? 'local' : `${settings.host}|${settings.port ?? 22}`;
}

/**
 * A node that forgets its answers when anything ran in the run whose reach nobody knows: look-ahead asks early, and
 * what was asked before a command, on whatever host, must be asked again after it.
 */
export function currentNode(node: Node, run: Run, settings: ConnectionSettings): Node {
  const seen = { epoch: run.answers.epoch };
  const { places } = run.answers;
  const place = placeOf(settings);
  places.set(place, (places.get(place) ?? 0) + 1);
  const now = (): Node => {
    if (seen.epoch !== run.answers.epoch) node.forget();
    seen.epoch = run.answers.epoch;
    return node;
  };
  return {
    ...node,
    ask: (queries, as, actual) => now().ask(queries, as, actual),
    knows: (queries, as) => now().knows(queries, as),
    hint: (queries, as) => now().hint(queries, as),
    apply: async (actions, then, as) => {
      try {
        return await now().apply(actions, then, as);
      } finally {
        // The same machine is reached in another way too (another user, another name).
        if (places.get(place) !== 1) run.answers.epoch += 1;
      }
    },
  };
}
