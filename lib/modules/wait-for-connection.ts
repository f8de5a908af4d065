import { defineModule } from './module.js';
import { patiently } from './wait/patience.js';
import { answers } from './wait/reach.js';

/** Waits until commands can be run on the node again. */
export const waitForConnection = defineModule({
  name: 'wait_for_connection',
  summary: 'Waits until the node can be logged in to.',
  args: {
    connect_timeout: { type: 'int', default: 5, doc: 'Seconds that one try may take.' },
    delay: { type: 'int', default: 0, doc: 'Seconds before the first try.' },
    sleep: { type: 'int', default: 1, doc: 'Seconds between tries.' },
    timeout: { type: 'int', default: 600, doc: 'Seconds after which it fails.' },
  },
  returns: { elapsed: 'seconds' },
  examples: '- name: The node is there\n  wait_for_connection:\n    timeout: 300\n',
  check: 'skip',
  run: async ({ args, node, become, signal }) => {
    await node.reset();
    const { elapsed, found } = await patiently(args, signal, () => answers(node, become, 'true'));
    if (found !== undefined) return { changed: false, elapsed };
    return { failed: true, changed: false, elapsed, msg: 'timed out waiting for ping module test' };
  },
});
