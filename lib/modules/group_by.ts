import type { Json } from '../values/json.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';

function groupName(text: Json): string {
  return String(text).replaceAll(' ', '-');
}

/** Puts the host into a group that is named by a variable. */
export const groupBy = defineModule({
  name: 'group_by',
  summary: 'Create groups based on facts.',
  args: {
    key: { type: 'str', required: true, doc: 'The name of the group; blanks become dashes.' },
    parents: { type: 'list', elements: 'str', default: ['all'], doc: 'Groups that the group belongs to.' },
  },
  returns: { add_group: 'The group.', parent_groups: 'The groups it belongs to.' },
  examples: `- ansible.builtin.group_by:
    key: os_{{ ansible_facts.distribution }}
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    const group = groupName(args.key);
    const parents = args.parents.map(groupName);
    const result = { add_group: group, parent_groups: parents };
    const names = info.variable('group_names');
    const effect = { kind: 'group-by', group, parents } as const;
    if (Array.isArray(names) && names.includes(group)) return ok('host is in the group', result, [effect]);
    return change('host is not in the group', [], { result, effects: [effect] });
  },
});
