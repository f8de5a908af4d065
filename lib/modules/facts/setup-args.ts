import type { ArgSpec } from '../args.js';

/** Arguments of setup, as ansible.builtin.setup has them. */
export const setupArgs = {
  gather_subset: {
    type: 'list',
    elements: 'str',
    default: ['all'],
    doc: 'Which facts: all, min, hardware, network, virtual, a name, or one of them with ! before it.',
  },
  gather_timeout: { type: 'int', default: 10, doc: 'Seconds that mounts are waited for.' },
  filter: { type: 'list', elements: 'str', default: [], doc: 'Shell patterns of the facts that are kept.' },
  fact_path: { type: 'path', default: '/etc/ansible/facts.d', doc: 'Directory of local facts (*.fact).' },
} as const satisfies ArgSpec;
