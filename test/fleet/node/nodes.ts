import type { Lab } from '../../../lib/lab/index.js';
import { createNode } from '../../../lib/node/assemble.js';
import type { Connection } from '../../../lib/node/connection.js';
import type { Node } from '../../../lib/node/node.js';
import { targetOf, withNode } from './reach.js';

/** Works on a node of a lab as root (or another user), and closes its connection whatever happens. */
export function onLab<T>(
  lab: Lab,
  work: (node: Node, connection: Connection) => Promise<T>,
  user = 'root',
): Promise<T> {
  return withNode(targetOf(lab, 'n1', { user }), (connection) => work(createNode(connection), connection));
}
