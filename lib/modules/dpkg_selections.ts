import { read } from '../node/queries/query.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

const NONE = 'not present';

/** Sets what dpkg is to do with a package. */
export const dpkgSelections = defineModule({
  name: 'dpkg_selections',
  summary: 'Sets what dpkg is to do with a package: install, hold, deinstall or purge.',
  args: {
    name: {
      type: 'str',
      required: true,
      doc: 'The package, with :ARCHITECTURE where several are installed.',
    },
    selection: {
      type: 'str',
      required: true,
      choices: ['install', 'hold', 'deinstall', 'purge'],
      doc: 'What dpkg is to do with it.',
    },
  },
  returns: { before: 'the selection there was, or "not present"', after: 'the selection there is' },
  examples: `
- name: The kernel stays as it is
  dpkg_selections:
    name: linux-image-amd64
    selection: hold
`,
  queries: (a) => ({ now: read(['dpkg', '--get-selections', '--', a.name]) }),
  plan: (a, { now }, info) => {
    const lacks = without('dpkg', 'dpkg', now, info);
    if (lacks) return lacks;
    const before = printed(now).trim().split(/\s+/)[1] ?? NONE;
    const result = { before, after: a.selection };
    if (before === a.selection) return ok('the selection is as wished', result);
    if (before === NONE && !mayComeLater(info))
      return failed(`Failed to find package '${a.name}' to perform selection '${a.selection}'.`, result);
    const stdin = `${a.name} ${a.selection}\n`;
    return change('another selection', [{ kind: 'run', argv: ['dpkg', '--set-selections'], stdin }], {
      result,
      diff: [{ before: { selection: before }, after: { selection: a.selection } }],
      explain: (_, outcome) => complaint(outcome),
    });
  },
});
