import type { Action, Outcome } from '../../node/actions/action.js';
import { text } from '../../node/content.js';
import type { PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { probed, textOf } from '../probed-file.js';
import type { cronArgs } from './cron-args.js';
import {
  type Crontab,
  findVariable,
  jobLine,
  jobNames,
  parseCrontab,
  render,
  variableNames,
  withJob,
  withoutJob,
  withoutVariable,
  withVariable,
} from './crontab.js';

type CronWish = ArgsOf<typeof cronArgs>;
type CronFacts = { readonly table?: ReadAnswer; readonly file?: PathAnswer };

/** Where the module's crontab lies: a path, or undefined for a user's own table. */
export function cronPath(wish: CronWish): string | undefined {
  const file = wish.cron_file;
  return file === undefined || file.startsWith('/') ? file : `/etc/cron.d/${file}`;
}

/** Argv of crontab for the wanted user. */
export function crontabWords(wish: CronWish, operation: string): string[] {
  return ['crontab', ...(wish.user === undefined ? [] : ['-u', wish.user]), operation];
}

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

function read(wish: CronWish, facts: CronFacts, later: boolean): Crontab | Plan {
  if (wish.cron_file !== undefined) {
    const file = facts.file?.exists ? textOf(facts.file) : '';
    return file === undefined ? failed(`${cronPath(wish)} cannot be read as text`) : parseCrontab(file, true);
  }
  const { rc, stdout, stderr } = facts.table ?? { rc: 1, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  if (later && rc !== 0) return parseCrontab('', false);
  // 1 also means that there is no crontab yet.
  if (rc === 127) return failed('Failed to find required executable "crontab" on the node');
  if (rc > 1) return failed(`Unable to read crontab: ${stderr.toString('utf8').trim()}`);
  if (rc === 1 && !/no crontab for/.test(stderr.toString())) return failed(stderr.toString('utf8').trim());
  return parseCrontab(stdout.toString('utf8'), false);
}

function actions(wish: CronWish, facts: CronFacts, before: Crontab, after: string, drop: boolean): Action[] {
  const copy: Action = {
    kind: 'run',
    script: 'umask 077; b=$(mktemp /tmp/crontabXXXXXX) && cat > "$b" && printf %s "$b"',
    stdin: before.existing,
    touches: [],
  };
  const path = cronPath(wish);
  const fresh = facts.file?.exists ? undefined : { mode: 0o644 };
  const write: Action =
    path === undefined
      ? { kind: 'run', argv: crontabWords(wish, '-'), stdin: after }
      : drop
        ? { kind: 'remove', path, recurse: false }
        : { kind: 'write', path, content: text(after), expect: probed(facts.file), attributes: fresh };
  return [...(wish.backup ? [copy] : []), write];
}

/** Decides how a crontab becomes the wanted one. `later`: what is missing may come from an earlier task. */
export function planCron(wish: CronWish, facts: CronFacts, later = false): Plan {
  const no = refusal(wish);
  if (no !== undefined) return failed(no);
  const before = read(wish, facts, later);
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
  return change('crontab is changed', actions(wish, facts, before, text, drop), {
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
