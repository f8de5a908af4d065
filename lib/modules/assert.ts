import type { Json } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';

const ALWAYS = { _ansible_verbose_always: true };

/** Fails unless conditions hold. */
export const assertModule = defineModule({
  name: 'assert',
  summary: 'Assert given expressions are true.',
  args: {
    that: { type: 'raw', required: true, doc: 'A condition, or a list of them, as in when.' },
    fail_msg: { type: 'raw', aliases: ['msg'], doc: 'What to say when one does not hold: a text or a list.' },
    success_msg: { type: 'raw', doc: 'What to say when all hold.' },
    quiet: { type: 'bool', default: false, doc: 'Say less on success.' },
  },
  returns: {
    msg: 'All assertions passed, Assertion failed, or the given words.',
    assertion: 'The condition that does not hold.',
    evaluated_to: 'False.',
  },
  examples: `- ansible.builtin.assert:
    that:
      - ansible_facts.memtotal_mb > 1024
    fail_msg: at least 1 GiB of memory is needed
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    const conditions: readonly Json[] = Array.isArray(args.that) ? args.that : [args.that];
    for (const assertion of conditions)
      if (!info.condition(assertion)) {
        const msg = args.fail_msg ?? 'Assertion failed';
        const more = { ...(args.quiet ? {} : ALWAYS), assertion, evaluated_to: false };
        return failed(typeof msg === 'string' ? msg : '', { ...more, msg });
      }
    const msg = args.success_msg ?? 'All assertions passed';
    return ok('all conditions hold', { ...(args.quiet ? {} : ALWAYS), msg });
  },
});
