import { defineModule } from './module.js';
import { failed } from './plan.js';

/** Fails with a message. */
export const fail = defineModule({
  name: 'fail',
  summary: 'Ends the play for a host, with a message.',
  args: {
    msg: { type: 'raw', default: 'Failed as requested from task', doc: 'Why.' },
  },
  returns: { msg: 'The message.' },
  examples: `- ansible.builtin.fail:
    msg: this release cannot be rolled back
  when: migration_ran
`,
  queries: () => ({}),
  plan: ({ msg }) =>
    // A list or dict stays one in the result, as playbooks look at it.
    typeof msg === 'string' ? failed(msg) : failed(JSON.stringify(msg), { msg }),
});
