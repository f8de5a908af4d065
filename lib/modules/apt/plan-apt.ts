import type { Outcome, RunAction } from '../../node/actions/action.js';
import type { PackageAnswer, PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { type AptWish, aptGet, updateLists } from './apt-get.js';
import { blame, changesIn, prepared } from './apt-output.js';
import { aptFacts, automaticNames, listsTime, neverFetched, updateDue } from './apt-queries.js';
import { type AptFacts, type Call, type Intent, intent, wasInterrupted } from './intent.js';
import { accepts, satisfied } from './package-spec.js';

const INTERRUPTED =
  "dpkg was interrupted, you must manually run 'dpkg --configure -a' to correct the problem, or let apt do it by state: fixed";

/** Everything that the plan of apt can know. */
export type AptAnswers = AptFacts & {
  readonly automatic?: ReadAnswer;
  readonly stamp: PathAnswer;
  readonly lists: PathAnswer;
  readonly now?: ReadAnswer;
  readonly fetched?: ReadAnswer;
  readonly simulated?: readonly ReadAnswer[];
  readonly known?: readonly PackageAnswer[];
};
type Step = {
  readonly role: 'clean' | 'update' | 'call' | 'mark';
  readonly action: RunAction;
  readonly call?: Call;
};

function unknownPackage(plan: Intent, known: readonly PackageAnswer[] | undefined): string | undefined {
  for (const [i, spec] of plan.missing.entries()) {
    const answer = known?.[i];
    if (!answer) continue;
    const low = spec.operator === '>=' && !accepts(spec, answer.candidate ?? '');
    const none = !answer.installed && answer.candidate === undefined && !satisfied(spec, answer);
    if (low || none)
      return spec.version === undefined
        ? `No package matching '${spec.name}' is available`
        : `no available installation candidate for ${spec.text}`;
  }
  return undefined;
}

/** The calls that a simulation did not find to be without effect. */
function effective(plan: Intent, answers: AptAnswers): readonly Call[] {
  return plan.calls.filter((call, i) => {
    const simulated = answers.simulated?.[i];
    return call.certain || !simulated || simulated.rc !== 0 || changesIn(simulated.stdout.toString('utf8'));
  });
}

function steps(wish: AptWish, plan: Intent, answers: AptAnswers, due: boolean): Step[] {
  const automatic = automaticNames(answers.automatic);
  const marked = plan.wanted.filter((name) => automatic.has(name.replace(/:.*$/, '')));
  return [
    ...(wish.clean ? [{ role: 'clean' as const, action: aptGet(wish, ['apt-get', 'clean']) }] : []),
    ...(due ? [{ role: 'update' as const, action: updateLists(wish) }] : []),
    ...effective(plan, answers).map((call) => ({
      role: 'call' as const,
      action: aptGet(wish, call.words),
      call,
    })),
    ...(marked.length > 0
      ? [{ role: 'mark' as const, action: { kind: 'run' as const, argv: ['apt-mark', 'manual', ...marked] } }]
      : []),
  ];
}

/** True when the task names nothing to install, upgrade or remove: only then do clean and update count as changes. */
function bare(wish: AptWish): boolean {
  return !wish.name?.length && wish.upgrade === 'no' && wish.deb === undefined;
}

/** Result fields from what the calls printed; only now is it known what an uncertain call did. */
function afterwards(wish: AptWish, all: readonly Step[], outcomes: readonly Outcome[]): JsonObject {
  const output = (i: number, stream: 'stdout' | 'stderr') => outcomes[i]?.[stream].toString('utf8') ?? '';
  const calls = [...all.keys()].filter((i) => all[i]?.role === 'call');
  const update = all.findIndex((s) => s.role === 'update');
  const [before, after] =
    update < 0 ? [] : (output(update, 'stdout').trim().split('\n').at(-1)?.split(' ') ?? []);
  const minor = bare(wish) && (before !== after || all.some((s) => s.role === 'clean'));
  const major = calls.some((i) => all[i]?.call?.certain || changesIn(output(i, 'stdout')));
  return {
    changed: major || minor,
    ...(update >= 0 && { cache_updated: before !== after, cache_update_time: Number(after) }),
    ...(calls.length > 0 && {
      stdout: calls.map((i) => output(i, 'stdout')).join(''),
      stderr: calls.map((i) => output(i, 'stderr')).join(''),
    }),
  };
}

const OPERATION = /^(?:install|remove|build-dep|upgrade|dist-upgrade|autoclean|autoremove)$/;

/** One word for a step: the operation of a call, else its role. */
function label({ role, call }: Step): string {
  return call?.words.find((w) => OPERATION.test(w)) ?? role;
}

/** The same fields as far as they can be known before. */
function foreseen(wish: AptWish, all: readonly Step[], answers: AptAnswers): JsonObject {
  const outputs = answers.simulated?.map((s) => s.stdout.toString('utf8')).join('');
  const updates = all.some((s) => s.role === 'update');
  const calls = all.some((s) => s.role === 'call');
  return {
    changed: calls || (bare(wish) && (updates || wish.clean)),
    ...(updates && { cache_updated: true }),
    ...(calls && outputs !== undefined && { stdout: outputs, stderr: '' }),
  };
}

/** Decides what apt has to do. */
export function planApt(wish: AptWish, answers: AptAnswers, info: PlanInfo): Plan {
  const time = listsTime(answers);
  const plan = intent(wish, aptFacts(answers));
  const due = updateDue(wish, time, answers.now) || neverFetched(plan, answers.fetched);
  // Lists that are yet to be fetched, or sources that are yet to be added, may know what is unknown now.
  const blind = due || mayComeLater(info);
  const stuck = wasInterrupted(answers) && wish.state !== 'fixed' && plan.calls.length > 0;
  if (stuck) return failed(INTERRUPTED);
  const refused = plan.error ?? (blind ? undefined : unknownPackage(plan, answers.known));
  if (refused !== undefined) return failed(refused);
  const broken = blind ? undefined : answers.simulated?.findIndex((s) => s.rc !== 0);
  const all = steps(wish, plan, answers, due);
  if (broken !== undefined && broken >= 0) {
    const { rc, stdout, stderr } = answers.simulated![broken]!;
    const words = plan.calls[broken]!.words;
    return failed(blame(words, stderr.toString('utf8')), {
      ...{ rc, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') },
    });
  }
  const cache = wish.state === 'absent' ? {} : { cache_updated: false, cache_update_time: time };
  if (all.length === 0) return ok('packages are as wanted', cache);
  const diff = info.diff
    ? (answers.simulated ?? []).map((s) => ({ prepared: prepared(s.stdout.toString('utf8')) }))
    : [];
  return change(
    `apt: ${[...new Set(all.map(label))].join(', ')}`,
    all.map((s) => s.action),
    {
      result: { ...cache, ...foreseen(wish, all, answers) },
      diff,
      after: (outcomes) => afterwards(wish, all, outcomes),
      explain: (index, outcome) => {
        const stderr = outcome.stderr.toString('utf8');
        const { role, call } = all[index] ?? {};
        if (role === 'update') return `Failed to update apt cache: ${stderr.trim() || 'unknown reason'}`;
        return blame(call?.words ?? ['apt-get', role ?? ''], stderr);
      },
    },
  );
}
