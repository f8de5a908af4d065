import type { ArgSpec, ArgsOf } from './args.js';
import { assign, assigned, unassign } from './cron/assignment.js';
import { render } from './cron/crontab.js';
import { cronPath, readTable, type TableFacts, tableQueries, writeTable } from './cron/table.js';
import { defineModule, type PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, ok, type Plan } from './plan.js';
import { complaint } from './program.js';

const args = {
  name: { type: 'str', required: true, doc: 'The variable.' },
  value: { type: 'str', doc: 'Its value, with quotes where they are wanted.' },
  insertafter: { type: 'str', doc: 'Put a new variable after this one.' },
  insertbefore: { type: 'str', doc: 'Put a new variable before this one.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is set.' },
  user: { type: 'str', doc: 'Whose crontab; default: that of the task user.' },
  cron_file: { type: 'str', doc: 'A file under /etc/cron.d, or an absolute path, instead of a crontab.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the crontab before a change.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

function plan(a: Args, facts: TableFacts, info: PlanInfo): Plan {
  const present = a.state === 'present';
  if (present && a.value === undefined)
    return failed("You must specify 'value' to insert a new cron variable");
  const before = readTable(a, facts, mayComeLater(info));
  if ('kind' in before) return before;
  const beside = { after: a.insertafter, before: a.insertbefore };
  const lines = present
    ? assign(before.lines, { name: a.name, value: a.value ?? '' }, beside)
    : unassign(before.lines, a.name);
  if (lines === undefined) return failed(`Variable named '${a.insertbefore ?? a.insertafter}' not found.`);
  const result = { vars: assigned(lines), ...(a.cron_file !== undefined && { cron_file: a.cron_file }) };
  if (lines.length === before.lines.length && lines.every((l, i) => l === before.lines[i]))
    return ok('the variable is as wished', result);
  const after = render(lines);
  const header = cronPath(a) ?? (a.user === undefined ? 'crontab' : `crontab for user "${a.user}"`);
  return change('the variable changes', writeTable(a, facts, before, after, false), {
    result,
    diff: [{ before: before.existing, after, beforeHeader: header, afterHeader: header }],
    after: (outcomes) => (a.backup ? { backup_file: outcomes[0]?.stdout.toString('utf8') ?? '' } : {}),
    explain: (_, outcome) => complaint(outcome),
  });
}

/** Manages variables in crontabs. */
export const cronvar = defineModule({
  name: 'cronvar',
  collection: 'community.general',
  summary: 'Keeps environment variables in crontabs.',
  args,
  rules: { mutuallyExclusive: [['insertbefore', 'insertafter']] },
  returns: {
    vars: 'names of the variables in the crontab',
    cron_file: 'the file, when one was given',
    backup_file: 'the copy that was kept',
  },
  examples: `
- name: Who gets mail about jobs
  cronvar:
    name: MAILTO
    value: ops@example.org
`,
  queries: (a) => tableQueries(a),
  plan: (a, facts, info) => plan(a, facts, info),
});
