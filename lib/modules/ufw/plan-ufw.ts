import type { Action } from '../../node/actions/action.js';
import type { PathAnswer, ReadAnswer } from '../../node/queries/query.js';
import type { PlanInfo } from '../module.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { textOf } from '../probed-file.js';
import { complaint, printed, without } from '../program.js';
import { wouldChange } from './rule.js';
import type { UfwWish } from './ufw-args.js';

/** `defaults` is /etc/default/ufw, `settings` /etc/ufw/ufw.conf; `four` and `six` the rules, `rehearsed` what a rule would do. */
export type Seen = {
  readonly status: ReadAnswer;
  readonly defaults: PathAnswer;
  readonly settings: PathAnswer;
  readonly four: PathAnswer;
  readonly six: PathAnswer;
  readonly rehearsed?: ReadAnswer;
};

const POLICIES: Readonly<Record<string, string>> = { ACCEPT: 'allow', DROP: 'deny', REJECT: 'reject' };
const CHAINS: Readonly<Record<string, string>> = { incoming: 'INPUT', outgoing: 'OUTPUT', routed: 'FORWARD' };

function setting(file: PathAnswer, name: string): string | undefined {
  return new RegExp(`^${name}="?([^"\\n]*)"?`, 'm').exec(textOf(file) ?? '')?.[1];
}

/** One call of ufw that something is to be changed by, as a diff shows it. */
type Step = { readonly words: readonly string[]; readonly before: string; readonly after: string };

function stateStep(wish: UfwWish, { status }: Seen): Step[] {
  const { state } = wish;
  if (state === undefined) return [];
  const before = /Status: active/.test(printed(status)) ? 'enabled' : 'disabled';
  if (before === state) return [];
  const verb = { enabled: 'enable', disabled: 'disable', reloaded: 'reload', reset: 'reset' }[state];
  return [{ words: ['-f', verb], before: `state: ${before}`, after: `state: ${state}` }];
}

function defaultStep(wish: UfwWish, { defaults }: Seen): Step[] {
  if (wish.default === undefined) return [];
  const where = wish.direction ?? 'incoming';
  const before = POLICIES[setting(defaults, `DEFAULT_${CHAINS[where]}_POLICY`) ?? ''] ?? '';
  if (before === wish.default) return [];
  const words = ['default', wish.default, ...(wish.direction === undefined ? [] : [wish.direction])];
  return [{ words, before: `default: ${before} (${where})`, after: `default: ${wish.default} (${where})` }];
}

function loggingStep(wish: UfwWish, { settings }: Seen): Step[] {
  const { logging } = wish;
  const now = setting(settings, 'LOGLEVEL') ?? 'off';
  if (logging === undefined || logging === now || (logging === 'on' && now !== 'off')) return [];
  return [{ words: ['logging', logging], before: `logging: ${now}`, after: `logging: ${logging}` }];
}

function ruleStep(wish: UfwWish, { rehearsed, four, six }: Seen, words: readonly string[]): Step[] {
  if (
    wish.rule === undefined ||
    !rehearsed ||
    !wouldChange(printed(rehearsed), textOf(four) ?? '', textOf(six) ?? '')
  )
    return [];
  const line = words.join(' ');
  return [{ words, before: wish.delete ? line : '', after: wish.delete ? '' : line }];
}

function refusal(wish: UfwWish): string | undefined {
  const { direction = '' } = wish;
  if (wish.default !== undefined && !['outgoing', 'incoming', 'routed', ''].includes(direction))
    return 'For default, direction must be one of "outgoing", "incoming" and "routed", or direction must not be specified.';
  if (wish.rule !== undefined && !['in', 'out', ''].includes(direction))
    return 'For rules, direction must be one of "in" and "out", or direction must not be specified.';
  if (wish.rule !== undefined && !wish.route && wish.interface_in && wish.interface_out)
    return 'Only route rules can combine interface_in and interface_out';
  return undefined;
}

/** Decides which calls of ufw are needed. `words` are those of the rule. */
export function planUfw(wish: UfwWish, seen: Seen, words: readonly string[], info: PlanInfo): Plan {
  const refused = refusal(wish);
  if (refused !== undefined) return failed(refused);
  const lacks = without('ufw', 'ufw', seen.status, info);
  if (lacks) return lacks;
  const broken = [seen.status, seen.rehearsed].find((a) => a !== undefined && a.rc !== 0);
  if (broken) return failed(complaint(broken), { commands: [`ufw ${words.join(' ')}`] });
  const steps = [
    ...stateStep(wish, seen),
    ...defaultStep(wish, seen),
    ...ruleStep(wish, seen, words),
    ...loggingStep(wish, seen),
  ];
  const commands = steps.map((s) => `ufw ${s.words.join(' ')}`);
  if (steps.length === 0) return ok('the firewall is as wished', { commands });
  const lines = (side: 'before' | 'after') =>
    steps.flatMap((s) => (s[side] === '' ? [] : [`${s[side]}\n`])).join('');
  return change(
    'the firewall changes',
    steps.map((s): Action => ({ kind: 'run', argv: ['ufw', ...s.words] })),
    {
      result: { commands },
      diff: [{ before: lines('before'), after: lines('after') }],
      explain: (_, outcome) => complaint(outcome),
    },
  );
}
