import { read } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

/** Proves that commands run on the node. */
export const ping = defineModule({
  name: 'ping',
  summary: 'Try to connect to the node and return pong.',
  args: {
    data: {
      type: 'str',
      default: 'pong',
      doc: 'What to return for the ping value; `crash` makes the task fail.',
    },
  },
  returns: { ping: 'The value of `data`.' },
  examples: '- ansible.builtin.ping:\n',
  queries: () => ({ alive: read(['true']) }),
  plan: (args, { alive }) => {
    if (args.data === 'crash')
      return failed('boom', { module_stdout: '', module_stderr: 'Exception: boom', rc: 1 });
    return alive.rc === 0
      ? ok('the node answers', { ping: args.data })
      : failed(`true ended with ${alive.rc}`);
  },
});
