import { defineModule } from './module.js';
import { failed } from './plan.js';

/** Fails with a message. */
export const fail = defineModule({
  name: 'fail',
  summary: 'Fail with a custom message.',
  args: {
    msg: { type: 'str', default: 'Failed as requested from task', doc: 'Why.' },
  },
  returns: { msg: 'The message.' },
  examples: `- ansible.builtin.fail:
    msg: this release cannot be rolled back
  when: migration_ran
`,
  queries: () => ({}),
  plan: (args) => failed(args.msg),
});
