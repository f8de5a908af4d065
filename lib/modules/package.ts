import { aptArgs } from './apt/apt-args.js';
import { aptFacts, aptQueries, aptSecondQueries, listsTime, updateDue } from './apt/apt-queries.js';
import { intent } from './apt/intent.js';
import { planApt } from './apt/plan-apt.js';
import { aptReturns, aptRules } from './apt.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

/** Manages packages by the node's own package manager, which is apt. */
export const packageModule = defineModule({
  name: 'package',
  summary: 'Manages packages by the package manager of the node',
  args: {
    ...aptArgs,
    use: { type: 'str', default: 'auto', doc: 'The package manager; nodes have apt.' },
  },
  rules: aptRules,
  returns: aptReturns,
  examples: `
- name: A time server
  package:
    name: chrony
    state: present
`,
  queries: (args) => aptQueries(args),
  more: (args, answers, info) =>
    aptSecondQueries(intent(args, aptFacts(answers)), info, updateDue(args, listsTime(answers), answers.now)),
  plan: (args, answers, info) =>
    /^(?:auto|(?:ansible\.(?:builtin|legacy)\.)?apt)$/.test(args.use)
      ? planApt(args, answers, info)
      : failed(`Could not find a module for the package manager ${args.use}: the node's is apt`),
});
