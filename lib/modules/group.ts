import type { RunAction } from '../node/actions/action.js';
import { group as groupQuery } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';
import { printed } from './printed.js';

function run(argv: readonly string[]): RunAction {
  return { kind: 'run', argv };
}

/** Adds, changes and removes groups by groupadd, groupmod and groupdel. */
export const group = defineModule({
  name: 'group',
  summary: 'Adds or removes groups',
  args: {
    name: { type: 'str', required: true, doc: 'Name of the group.' },
    state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it exists.' },
    gid: { type: 'int', doc: 'Its number; default: the next free one.' },
    system: { type: 'bool', default: false, doc: 'A new group gets a number of the system range.' },
    local: {
      type: 'bool',
      default: false,
      doc: 'Look only at /etc/group, not at what a directory service knows.',
    },
    non_unique: { type: 'bool', default: false, doc: 'Let the number be one that another group has.' },
  },
  rules: { requiredIf: [['non_unique', true, ['gid']]] },
  returns: {
    gid: 'number of the group',
    name: 'name of the group',
    state: 'present or absent',
    system: 'as given',
  },
  examples: `
- name: The application's group
  group:
    name: ffe
    system: true
`,
  queries: (args) => ({ group: groupQuery(args.name) }),
  plan: (args, { group: now }) => {
    const found = now.found && now.name === args.name && (now.local || !args.local);
    const result = { name: args.name, state: args.state };
    const rest = { result, after: printed };
    if (args.state === 'absent') {
      if (!found) return ok('group is absent', result);
      return change('group is removed', [run(['groupdel', args.name])], rest);
    }
    const gid = args.gid === undefined ? [] : ['-g', String(args.gid), ...(args.non_unique ? ['-o'] : [])];
    if (!found) {
      const system = args.system ? ['-r'] : [];
      return change('group is added', [run(['groupadd', ...gid, ...system, args.name])], rest);
    }
    if (args.gid === undefined || now.gid === args.gid) return ok('group is present', result);
    return change('group gets its number', [run(['groupmod', ...gid, args.name])], rest);
  },
  report: (args, { group: now }) => (now.found ? { system: args.system, gid: now.gid } : {}),
});
