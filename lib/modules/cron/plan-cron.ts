import type { Outcome } from '../../node/actions/action.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { change, failed, ok, type Plan } from '../plan.js';
import type { cronArgs } from './cron-args.js';
import {
  type Crontab,
  findVariable,
  jobLine,
  jobNames,
  render,
  variableNames,
  withJob,
  withoutJob,
  withoutVariable,
  withVariable,
} from './crontab.js';
import { cronPath, readTable, type TableFacts, writeTable } from './table.js';

type CronWish = ArgsOf<typeof cronArgs>;

function refusal(wish: CronWish): string | undefined {
  const timed = [wish.minute, wish.hour, wish.day, wish.month, wish.weekday].some((f) => f !== '*');
  const present = wish.state === 'present';
  if (wish.cron_file === '/etc/crontab')
    return 'Will not manage /etc/crontab via cron_file, see documentation.';
  if (wish.special_time && timed) return 'You must specify time and date fields or special time.';
  if (present && wish.cron_file && !wish.user)
    return 'To use cron_file=... parameter you must specify user=... as well';
  if (present && wish.job === undefined)
    return "You must specify 'job' to install a new cron job or variable";
  if (present && (wish.insertafter || wish.insertbefore) && !wish.env)
    return 'Insertafter and insertbefore parameters are valid only with env=yes';
  if (wish.env && wish.name.includes(' ')) return 'Invalid name for environment variable';
  return undefined;
}

function warnings(wish: CronWish): string[] {
  const base = wish.cron_file?.split('/').at(-1);
  const strange = base !== undefined && !/^[A-Za-z0-9_-]+$/.test(base);
  const broken = !wish.env && wish.state === 'present' && /[\r\n]/.test(wish.job?.trim() ?? '');
  return [
    ...(strange
      ? [
          `Filename portion of cron_file ("${base}") should consist solely of upper- and lower-case letters, digits, underscores, and hyphens`,
        ]
      : []),
    ...(broken ? ['Job should not contain line breaks'] : []),
  ];
}

function edited(wish: CronWish, { lines }: Crontab): readonly string[] | undefined {
  const { name, job = '' } = wish;
  if (wish.env) {
    if (wish.state === 'absent') return findVariable(lines, name) < 0 ? lines : withoutVariable(lines, name);
    return withVariable(lines, name, job, { after: wish.insertafter, before: wish.insertbefore });
  }
  if (wish.state === 'absent') return withoutJob(lines, name);
  const fields = [wish.minute, wish.hour, wish.day, wish.month, wish.weekday];
  const user = wish.cron_file === undefined ? undefined : wish.user;
  return withJob(
    lines,
    name,
    jobLine({ fields, special: wish.special_time, disabled: wish.disabled, user, job }),
  );
}

/** Decides how a crontab becomes the wanted one. `later`: what is missing may come from an earlier task. */
export function planCron(wish: CronWish, facts: TableFacts, later = false): Plan {
  const no = refusal(wish);
  if (no !== undefined) return failed(no);
  const before = readTable(wish, facts, later);
  if ('kind' in before) return before;
  const lines = edited(wish, before);
  if (lines === undefined)
    return failed(`Variable named '${wish.insertafter ?? wish.insertbefore}' not found.`);
  const text = render(lines);
  const cut = before.existing !== '' && !/[\r\n]$/.test(before.existing);
  const drop =
    cronPath(wish) !== undefined && wish.state === 'absent' && lines !== before.lines && text.trim() === '';
  const result: JsonObject = {
    jobs: jobNames(lines),
    envs: variableNames(lines),
    ...(warnings(wish).length > 0 && { warnings: warnings(wish) }),
    ...(wish.cron_file !== undefined && { cron_file: wish.cron_file }),
  };
  const same = lines.length === before.lines.length && lines.every((l, i) => l === before.lines[i]);
  if (same && !cut) return ok(`crontab is as wanted`, result);
  const header = cronPath(wish) ?? (wish.user ? `crontab for user "${wish.user}"` : 'crontab');
  return change('crontab is changed', writeTable(wish, facts, before, text, drop), {
    result,
    diff: [
      {
        before: before.existing,
        after: text,
        beforeHeader: header,
        afterHeader: drop ? '/dev/null' : header,
      },
    ],
    after: (outcomes: readonly Outcome[]) =>
      wish.backup ? { backup_file: outcomes[0]?.stdout.toString('utf8') ?? '' } : {},
  });
}
