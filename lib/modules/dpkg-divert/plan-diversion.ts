import type { Action } from '../../node/actions/action.js';
import type { PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import type { PlanInfo } from '../module.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint, printed } from '../program.js';

/** Arguments of dpkg_divert. */
export const divertArgs = {
  path: { type: 'path', required: true, doc: 'The file of a package.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is diverted.' },
  holder: { type: 'str', doc: 'The package whose own version is not diverted; LOCAL for none.' },
  divert: { type: 'path', doc: 'Where packages put it; PATH.distrib when absent.' },
  rename: { type: 'bool', default: false, doc: 'Move the file itself too.' },
  force: { type: 'bool', default: false, doc: 'Overwrite what is in the way of that.' },
} as const satisfies ArgSpec;
type Wish = ArgsOf<typeof divertArgs>;

/** `old` is where the file is diverted to now. */
type Answers = {
  readonly now: ReadAnswer;
  readonly file: PathAnswer;
  readonly target: PathAnswer;
  readonly old?: PathAnswer;
};
type Diversion = { path: string; state: string; holder: string | null; divert: string | null };

/** Where packages are to put the file. */
export function targetOf(wish: Pick<Wish, 'path' | 'divert'>): string {
  return wish.divert ?? `${wish.path}.distrib`;
}

function current(wish: Wish, now: ReadAnswer): Diversion {
  const [holder, divert] = printed(now).split('\n');
  const none = !divert;
  return {
    path: wish.path,
    state: none ? 'absent' : 'present',
    holder: none ? null : (holder ?? null),
    divert: none ? null : divert,
  };
}

function wanted(wish: Wish): Diversion {
  const { path, state } = wish;
  if (state === 'absent') return { path, state, holder: null, divert: null };
  return { path, state, holder: wish.holder || 'LOCAL', divert: targetOf(wish) };
}

function mainWords(wish: Wish, rename: boolean): string[] {
  const flag = rename ? '--rename' : '--no-rename';
  if (wish.state === 'absent') return ['dpkg-divert', flag, '--remove', wish.path];
  const local = !wish.holder || wish.holder === 'LOCAL';
  const who = local ? ['--local'] : ['--package', wish.holder!];
  const where = wish.divert === undefined ? [] : ['--divert', wish.divert];
  return ['dpkg-divert', flag, ...who, ...where, '--add', wish.path];
}

/** Where a diverted file goes that is not renamed by dpkg-divert, which only does so with --add and --remove. */
function moved(before: Diversion, after: Diversion, { old, target }: Answers): Action[] {
  if (before.divert === after.divert || !old?.exists || target.exists) return [];
  return [{ kind: 'rename', from: before.divert!, to: after.divert! }];
}

/** Decides how a diversion becomes the wished one. */
export function planDiversion(wish: Wish, answers: Answers, _info: PlanInfo): Plan {
  const before = current(wish, answers.now);
  const after = wanted(wish);
  const line = mainWords(wish, wish.rename).join(' ');
  const same =
    before.state === after.state && before.holder === after.holder && before.divert === after.divert;
  if (same) return ok('the diversion is as wished', { diversion: before, commands: [line], messages: [] });
  const inWay = after.state === 'present' ? answers.target : answers.old;
  const blocked = wish.rename && before.state !== after.state && answers.file.exists && inWay?.exists;
  if (blocked && !wish.force)
    return failed(`Set 'force' param to True to force renaming of files. ${inWay.path} is in the way.`, {
      diversion: before,
    });
  const both = before.state === after.state;
  const removed: Action = {
    kind: 'remove',
    path: after.state === 'present' ? targetOf(wish) : wish.path,
    recurse: false,
  };
  const commands = both
    ? [['dpkg-divert', '--no-rename', '--remove', wish.path], mainWords(wish, false)]
    : [mainWords(wish, wish.rename)];
  const runs = commands.map((argv): Action => ({ kind: 'run', argv }));
  const first = blocked ? [removed] : [];
  const actions = [...first, ...runs, ...(both ? moved(before, after, answers) : [])];
  return change('the diversion changes', actions, {
    result: {
      diversion: { ...after },
      commands: commands.map((c) => c.join(' ')),
      messages: [],
    } satisfies JsonObject,
    diff: [{ before, after }],
    after: (outcomes) => ({
      messages: outcomes.slice(first.length, first.length + runs.length).map((o) => printed(o).trimEnd()),
    }),
    explain: (_, outcome) => complaint(outcome),
  });
}
