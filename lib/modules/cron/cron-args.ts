import type { ArgSpec } from '../args.js';

/** Arguments of the cron module, as ansible.builtin.cron has them. */
export const cronArgs = {
  name: {
    type: 'str',
    required: true,
    doc: 'Name of the job, kept in a comment above it; or of the variable.',
  },
  user: { type: 'str', doc: 'Whose crontab; default: that of the task user. Needed with cron_file.' },
  job: { type: 'str', aliases: ['value'], doc: 'The command, or the value of the variable.' },
  cron_file: { type: 'path', doc: 'A file under /etc/cron.d, or an absolute path, instead of a crontab.' },
  state: { type: 'str', default: 'present', choices: ['present', 'absent'], doc: 'Whether it is there.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the crontab before a change.' },
  minute: { type: 'str', default: '*', doc: 'Minute, 0-59, *, */2 ...' },
  hour: { type: 'str', default: '*', doc: 'Hour, 0-23, *, */2 ...' },
  day: { type: 'str', default: '*', aliases: ['dom'], doc: 'Day of the month, 1-31, *, */2 ...' },
  month: { type: 'str', default: '*', doc: 'Month, 1-12, JAN-DEC, * ...' },
  weekday: { type: 'str', default: '*', aliases: ['dow'], doc: 'Day of the week, 0-6, SUN-SAT, * ...' },
  special_time: {
    type: 'str',
    choices: ['reboot', 'yearly', 'annually', 'monthly', 'weekly', 'daily', 'hourly'],
    doc: 'A nickname instead of the five fields.',
  },
  disabled: { type: 'bool', default: false, doc: 'Comment the job out.' },
  env: { type: 'bool', default: false, doc: 'Manage a variable instead of a job.' },
  insertafter: { type: 'str', doc: 'Put a new variable after this one.' },
  insertbefore: { type: 'str', doc: 'Put a new variable before this one.' },
} as const satisfies ArgSpec;
