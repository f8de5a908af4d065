import type { Json } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { checkVariableName } from './variable-name.js';

const TRUE = /^(?:1(?:\.0)?|true|yes|y|t|on)$/i;

/** Whatever is not a word for true is false, as Ansible's action has it. */
function isTrue(value: Json): boolean {
  return TRUE.test(String(value));
}

/** Sets numbers and texts that are shown at the end of the run. */
export const setStats = defineModule({
  name: 'set_stats',
  summary: 'Define and display stats for the current run.',
  args: {
    data: { type: 'raw', doc: 'What to show, by name.' },
    per_host: { type: 'raw', default: false, doc: 'Keep it for each host.' },
    aggregate: { type: 'raw', default: true, doc: 'Add to what was set before instead of replacing it.' },
  },
  returns: { ansible_stats: 'data, per_host and aggregate.' },
  examples: `- ansible.builtin.set_stats:
    data:
      packages_upgraded: 3
`,
  queries: () => ({}),
  plan: (args) => {
    const [perHost, aggregate] = [isTrue(args.per_host), isTrue(args.aggregate)];
    const data = args.data ?? {};
    if (typeof data !== 'object' || Array.isArray(data))
      return failed("The 'data' option needs to be a dictionary/hash");
    for (const name of Object.keys(data)) checkVariableName(name);
    const result = { ansible_stats: { data, per_host: perHost, aggregate } };
    return ok('stats are set', result, [{ kind: 'stats', data, perHost, aggregate }]);
  },
});
