import { FfeError } from '../../errors/error.js';
import type { Become } from '../../node/become.js';
import type { ExecResult, Node } from '../../node/node.js';

/** Runs a line on a node that may not be there: undefined when it cannot be reached or the line fails. */
export async function answers(
  node: Node,
  become: Become | undefined,
  line: string,
): Promise<ExecResult | undefined> {
  try {
    const done = await node.run({ line }, become);
    return done.rc === 0 ? done : undefined;
  } catch (error) {
    if (!(error instanceof FfeError) || error.code !== 'unreachable') throw error;
    // The next try has to log in anew.
    await node.reset().catch(() => {});
    return undefined;
  }
}
