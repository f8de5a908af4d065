import { aptArgs } from './apt/apt-args.js';
import { aptFacts, aptQueries, aptSecondQueries, listsTime, updateDue } from './apt/apt-queries.js';
import { intent } from './apt/intent.js';
import { planApt } from './apt/plan-apt.js';
import type { ArgRules } from './args.js';
import { defineModule } from './module.js';

/** Rules between the arguments of apt. */
export const aptRules: ArgRules = {
  mutuallyExclusive: [['deb', 'name', 'upgrade']],
  requiredOneOf: [['autoremove', 'deb', 'name', 'update_cache', 'upgrade']],
};

/** What apt's result holds. */
export const aptReturns = {
  cache_updated: 'whether the lists of packages were fetched',
  cache_update_time: 'when they last were, in seconds since the epoch',
  stdout: 'what apt-get printed',
  stderr: 'what apt-get printed as errors',
};

/** Installs, upgrades and removes packages of Debian and Ubuntu by apt-get. */
export const apt = defineModule({
  name: 'apt',
  summary: 'Installs, upgrades and removes Debian packages.',
  args: aptArgs,
  rules: aptRules,
  returns: aptReturns,
  examples: `
- name: Packages of the baseline
  apt:
    name: [cron, sudo, procps]
    state: present
    update_cache: true
    cache_valid_time: 3600
`,
  queries: (args) => aptQueries(args),
  more: (args, answers, info) =>
    aptSecondQueries(intent(args, aptFacts(answers)), info, updateDue(args, listsTime(answers), answers.now)),
  plan: (args, answers, info) => planApt(args, answers, info),
});
