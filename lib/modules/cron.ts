import { cronArgs } from './cron/cron-args.js';
import { planCron } from './cron/plan-cron.js';
import { tableQueries } from './cron/table.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';

/** Manages jobs and variables in crontabs and under /etc/cron.d. */
export const cron = defineModule({
  name: 'cron',
  summary: 'Manages crontab entries',
  args: cronArgs,
  rules: { mutuallyExclusive: [['insertafter', 'insertbefore']] },
  returns: {
    jobs: 'names of the jobs in the crontab',
    envs: 'names of its variables',
    cron_file: 'the file, when one was given',
    backup_file: 'the copy that was kept',
  },
  examples: `
- name: Health check every five minutes
  cron:
    name: ffe health
    minute: "*/5"
    job: /usr/local/bin/ffe-health
    user: root
`,
  queries: (args) => tableQueries(args),
  plan: (args, answers, info) => planCron(args, answers, mayComeLater(info)),
});
