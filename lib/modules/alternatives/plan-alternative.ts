import type { Action } from '../../node/actions/action.js';
import type { ReadAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint, printed } from '../program.js';
import { type Alternative, parseDisplay, type Subcommand } from './display.js';

/** Arguments of a further link. */
export const subcommandArgs = {
  name: { type: 'str', required: true, doc: 'Its generic name.' },
  path: { type: 'path', required: true, doc: 'What it leads to.' },
  link: { type: 'path', required: true, doc: 'The link.' },
} as const satisfies ArgSpec;

/** What is wished of a generic name. */
export type Wish = {
  readonly name: string;
  readonly path: string;
  readonly link?: string;
  readonly priority?: number;
  readonly state: 'present' | 'selected' | 'absent' | 'auto';
  readonly subcommands?: readonly ArgsOf<typeof subcommandArgs>[];
};

function keys(list: readonly Subcommand[]): string {
  return list
    .map((s) => [s.name, s.path, s.link].join('\n'))
    .sort()
    .join('\n\n');
}

/** Whether the program has to be made known (again): for the first time, or with another priority or other links. */
function differs(wish: Wish, now: Alternative): boolean {
  const choice = now.choices[wish.path];
  if (!choice) return true;
  if (wish.priority !== undefined && wish.priority !== choice.priority) return true;
  return wish.subcommands !== undefined && keys(wish.subcommands) !== keys(choice.subcommands);
}

type Step = { readonly words: readonly string[]; readonly msg: string; readonly after: JsonObject };

function details(
  wish: Wish,
  now: Alternative,
): { priority: number; link: string | undefined; links: readonly Subcommand[] } {
  const choice = now.choices[wish.path];
  return {
    priority: wish.priority ?? choice?.priority ?? 50,
    link: wish.link ?? now.link,
    links: wish.subcommands ?? choice?.subcommands ?? [],
  };
}

function shownLinks(links: readonly Subcommand[]): JsonObject {
  if (links.length === 0) return {};
  return { subcommands: links.map(({ name, path, link }) => ({ name, path, link: link ?? null })) };
}

function install(wish: Wish, now: Alternative): Step {
  const { name, path } = wish;
  const { priority, link = '', links } = details(wish, now);
  const slaves = links.flatMap((s) => ['--slave', s.link ?? '', s.name, s.path]);
  return {
    words: ['--install', link, name, path, String(priority), ...slaves],
    msg: `Install alternative '${path}' for '${name}'.`,
    after: { state: 'present', path, priority, link, ...shownLinks(links) },
  };
}

function steps(wish: Wish, now: Alternative): Step[] {
  const { name, path, state } = wish;
  if (state === 'absent') {
    if (!now.choices[path]) return [];
    return [
      {
        words: ['--remove', name, path],
        msg: `Remove alternative '${path}' from '${name}'.`,
        after: { state },
      },
    ];
  }
  const out = differs(wish, now) ? [install(wish, now)] : [];
  if (state === 'selected' && now.current !== path)
    out.push({
      words: ['--set', name, path],
      msg: `Set alternative '${path}' for '${name}'.`,
      after: { state },
    });
  if (state === 'auto' && now.manual)
    out.push({
      words: ['--auto', name],
      msg: `Set alternative to auto for '${name}'.`,
      after: { state: 'present' },
    });
  return out;
}

function shownBefore(wish: Wish, now: Alternative): JsonObject {
  const choice = now.choices[wish.path];
  if (!choice) return { state: 'absent' };
  const state = now.manual && now.current !== wish.path ? 'selected' : 'present';
  const { priority, subcommands } = choice;
  return { state, path: wish.path, priority, link: now.link ?? null, ...shownLinks(subcommands) };
}

/** Decides what is to be done so that a generic name stands for a program. `exists` says whether the program is there. */
export function planAlternative(wish: Wish, exists: boolean, shown: ReadAnswer, info: PlanInfo): Plan {
  const now = parseDisplay(shown.rc === 0 ? printed(shown) : '');
  const wanted = steps(wish, now);
  if (wanted.length === 0) return ok('the alternative is as wished', { msg: '' });
  if (wanted.some((s) => s.words[0] === '--install')) {
    if (!exists && !mayComeLater(info)) return failed(`Specified path ${wish.path} does not exist`);
    if (details(wish, now).link === undefined && !mayComeLater(info))
      return failed('Needed to install the alternative, but unable to do so as we are missing the link');
  }
  const actions = wanted.map((s): Action => ({ kind: 'run', argv: ['update-alternatives', ...s.words] }));
  const after = Object.assign({}, ...wanted.map((s) => s.after)) as JsonObject;
  return change('the alternative changes', actions, {
    result: { msg: wanted.map((s) => s.msg).join(' ') },
    diff: [{ before: shownBefore(wish, now), after }],
    explain: (_, outcome) => complaint(outcome),
  });
}
