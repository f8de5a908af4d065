import type { ArgSpec, ArgsOf } from './args.js';
import { argText, shown } from './edit/bytes.js';
import { editQueries, planEdit } from './edit/plan-edit.js';
import { defineModule } from './module.js';
import { checkValue, LimitError, withLimit } from './pam-limits/limits.js';
import { mayComeLater } from './pending.js';
import { failed } from './plan.js';

const args = {
  domain: { type: 'str', required: true, doc: 'A user, @group, * or %.' },
  limit_type: { type: 'str', required: true, choices: ['soft', 'hard', '-'], doc: 'Soft, hard, or both.' },
  limit_item: {
    type: 'str',
    required: true,
    choices: [
      ...['core', 'data', 'fsize', 'memlock', 'nofile', 'rss', 'stack', 'cpu', 'nproc', 'as', 'maxlogins'],
      ...['maxsyslogins', 'priority', 'locks', 'sigpending', 'msgqueue', 'nice', 'rtprio', 'chroot'],
    ],
    doc: 'What is limited.',
  },
  value: { type: 'str', required: true, doc: 'The limit; unlimited, infinity or -1 for none.' },
  use_max: { type: 'bool', default: false, doc: 'Keep a larger limit that is there.' },
  use_min: { type: 'bool', default: false, doc: 'Keep a smaller limit that is there.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  dest: { type: 'str', default: '/etc/security/limits.conf', doc: 'The file.' },
  comment: { type: 'str', default: '', doc: 'A comment behind the limit.' },
} as const satisfies ArgSpec;

const editing = (a: ArgsOf<typeof args>) => ({
  path: a.dest,
  backup: a.backup,
  create: true,
  unsafe_writes: false,
});

/** Sets limits of users in a file of pam_limits. */
export const pamLimits = defineModule({
  name: 'pam_limits',
  collection: 'community.general',
  summary: 'Keeps lines of limits.conf, which bound what users may take.',
  args,
  diffs: { single: true },
  returns: { msg: 'the line of the limit', backup_file: 'the copy that was kept' },
  examples: `
- name: The web server may open many files
  pam_limits:
    domain: www-data
    limit_type: "-"
    limit_item: nofile
    value: "65536"
`,
  queries: (a) => editQueries(editing(a)),
  plan: (a, answers, info) => {
    if (a.use_max && a.use_min) return failed('Cannot use use_min and use_max at the same time.');
    if (!answers.parent.exists && !mayComeLater(info))
      return failed(`directory of ${a.dest} does not exist (check presence, access rights, use sudo)`);
    const style = {
      absentMsg: '',
      backupField: 'backup_file',
      contentHeader: (p: string) => p,
    } as const;
    try {
      checkValue(a.limit_item, a.value);
      return planEdit(editing(a), answers, info, style, (text = '') => {
        const done = withLimit(
          text,
          { ...a, domain: argText(a.domain), comment: argText(a.comment) },
          a.dest,
        );
        return { text: done.text, msg: 'limit is set', result: { msg: shown(done.line) } };
      });
    } catch (error) {
      if (error instanceof LimitError) return failed(error.message);
      throw error;
    }
  },
});
