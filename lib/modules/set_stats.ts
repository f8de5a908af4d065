import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { checkVariableName } from './variable-name.js';

/** Sets numbers and texts that are shown at the end of the run. */
export const setStats = defineModule({
  name: 'set_stats',
  summary: 'Define and display stats for the current run.',
  args: {
    data: { type: 'dict', doc: 'What to show, by name.' },
    per_host: { type: 'bool', default: false, doc: 'Keep it for each host.' },
    aggregate: { type: 'bool', default: true, doc: 'Add to what was set before instead of replacing it.' },
  },
  returns: { ansible_stats: 'data, per_host and aggregate.' },
  examples: `- ansible.builtin.set_stats:
    data:
      packages_upgraded: 3
`,
  queries: () => ({}),
  plan: (args) => {
    const { data, per_host: perHost, aggregate } = args;
    if (data === undefined) return failed('The variable stats was not set: data is missing');
    for (const name of Object.keys(data)) checkVariableName(name);
    const result = { ansible_stats: { data, per_host: perHost, aggregate } };
    return ok('stats are set', result, [{ kind: 'stats', data, perHost, aggregate }]);
  },
});
