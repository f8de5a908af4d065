import { aptArgs } from './apt/apt-args.js';
import { aptFacts, aptQueries, aptSecondQueries, listsTime, updateDue } from './apt/apt-queries.js';
import { intent } from './apt/intent.js';
import { planApt } from './apt/plan-apt.js';
import { aptReturns, aptRules } from './apt.js';
import type { ArgSpec } from './args.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

/** What package managers of other systems take: roles name them in tasks that `when` keeps from Debian's nodes. */
const ELSEWHERE = [
  'allowerasing',
  'bugfix',
  'conf_file',
  'disable_excludes',
  'disable_gpg_check',
  'disable_plugin',
  'disablerepo',
  'download_only',
  'enable_plugin',
  'enablerepo',
  'exclude',
  'installroot',
  'nobest',
  'releasever',
  'security',
  'skip_broken',
  'sslverify',
  'validate_certs',
] as const;

const elsewhereArgs: ArgSpec = Object.fromEntries(
  ELSEWHERE.map((name) => [
    name,
    { type: 'raw', doc: 'For other package managers; a task with it fails here.' },
  ]),
);

/** Manages packages by the node's own package manager, which is apt. */
export const packageModule = defineModule({
  name: 'package',
  summary: 'Manages packages by the package manager of the node',
  args: {
    ...aptArgs,
    ...elsewhereArgs,
    use: { type: 'str', default: 'auto', doc: 'The package manager; nodes have apt.' },
  },
  backends: () => ['apt'],
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
  plan: (args, answers, info) => {
    const given: Readonly<Record<string, unknown>> = args;
    const foreign = ELSEWHERE.filter((name) => given[name] !== undefined);
    if (foreign.length > 0) return failed(`Unsupported parameters for (apt) module: ${foreign.join(', ')}`);
    return /^(?:auto|(?:ansible\.(?:builtin|legacy)\.)?apt)$/.test(args.use)
      ? planApt(args, answers, info)
      : failed(`Could not find a module for the package manager ${args.use}: the node's is apt`);
  },
});
