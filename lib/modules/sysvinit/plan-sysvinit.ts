import type { Action, Outcome, RunAction } from '../../node/actions/action.js';
import type { ReadAnswer } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, ok, type Plan } from '../plan.js';
import { complaint, printed } from '../program.js';

/** Arguments of sysvinit. */
export const sysvinitArgs = {
  name: { type: 'str', required: true, aliases: ['service'], doc: 'The service: a script of /etc/init.d.' },
  state: {
    type: 'str',
    choices: ['started', 'stopped', 'restarted', 'reloaded'],
    doc: 'What it should do.',
  },
  enabled: { type: 'bool', doc: 'Whether it starts at boot.' },
  sleep: { type: 'int', default: 1, doc: 'Seconds between stop and start of a restart.' },
  pattern: {
    type: 'str',
    doc: 'Found among the processes when the service runs, where its script cannot say.',
  },
  runlevels: { type: 'list', elements: 'str', doc: 'The runlevels in which it starts.' },
  arguments: { type: 'str', aliases: ['args'], doc: 'Further words for the script.' },
  daemonize: { type: 'bool', default: false, doc: 'The script stays in the foreground; it is left running.' },
} as const satisfies ArgSpec;
type Wish = ArgsOf<typeof sysvinitArgs>;

/** Sh source that prints the runlevels a service starts in, a blank line, and what its state looks like. */
export function stateScript(wish: Wish): string {
  const name = quote(wish.name);
  const status =
    wish.pattern === undefined
      ? `if command -v service >/dev/null; then service ${name} status; else /etc/init.d/${name} status; fi 2>&1 </dev/null`
      : `ps -eo args | grep -v grep | grep -F -- ${quote(wish.pattern)} >/dev/null`;
  return `[ -e /etc/init.d/${name} ] || exit 126
for l in /etc/rc?.d/S??${name}; do [ -e "$l" ] || continue; l=\${l#/etc/rc}; printf '%s ' "\${l%%.*}"; done; echo; echo
${status}`;
}

const STOPPED = ['stop', 'is dead ', 'dead but ', 'could not access pid file', 'inactive'];
const STARTED = ['run', 'start', 'active'];

/** Whether a service runs: one line of words says more than an exit code, which many scripts get wrong. */
export function isStarted(words: string, rc: number, name: string): boolean {
  const said = words.toLowerCase().replaceAll(name.toLowerCase(), '');
  if (words.trim().split('\n').length <= 1) {
    if (STOPPED.some((w) => said.includes(w))) return false;
    if (STARTED.some((w) => said.includes(w)) && !said.includes('not ')) return true;
  }
  return rc === 0;
}

type Step = { readonly field: string; readonly action: RunAction; readonly blame: string };

function enabling(wish: Wish, levels: readonly string[]): Step[] {
  const { enabled, name, runlevels = [] } = wish;
  if (enabled === undefined) return [];
  const now = runlevels.length ? runlevels.map((l) => levels.includes(l)) : [levels.length > 0];
  if (now.every((on) => on === enabled)) return [];
  const words = quoteAll(['update-rc.d', name, enabled ? 'enable' : 'disable', ...runlevels]);
  // A script that was never registered has no links that could be enabled; one that has keeps those it has.
  const make = enabled ? `${quoteAll(['update-rc.d', name, 'defaults'])} && ` : '';
  return [
    { field: 'enabled', action: { kind: 'run', script: `${make}${words}` }, blame: 'enable or disable' },
  ];
}

function call(wish: Wish, verb: string): string {
  const line = `${quoteAll([`/etc/init.d/${wish.name}`, verb])} ${wish.arguments ?? ''}`;
  return wish.daemonize ? `( setsid ${line} >/dev/null 2>&1 </dev/null & )` : line;
}

function running(wish: Wish, started: boolean): Step[] {
  const { state } = wish;
  const verbs = { started: 'start', stopped: 'stop', restarted: 'restart', reloaded: 'reload' } as const;
  if (state === undefined || (state === 'started' && started) || (state === 'stopped' && !started)) return [];
  // A script's own restart cannot be relied on.
  const script =
    state === 'restarted'
      ? `${call(wish, 'stop')} && sleep ${wish.sleep} && ${call(wish, 'start')}`
      : call(wish, verbs[state]);
  return [{ field: state, action: { kind: 'run', script }, blame: verbs[state] }];
}

function status(
  fields: readonly string[],
  steps: readonly Step[],
  outcomes: readonly Outcome[] = [],
): JsonObject {
  const entries = fields.map((field): [string, JsonObject] => {
    const at = steps.findIndex((s) => s.field === field);
    const outcome = outcomes[at];
    const said = {
      rc: outcome?.rc ?? null,
      stdout: outcome ? printed(outcome) : null,
      stderr: outcome?.stderr.toString('utf8') ?? null,
    };
    return [field, { changed: at >= 0, ...said }];
  });
  return Object.fromEntries(entries);
}

/** Decides what is to be done with a service of System V. */
export function planSysvinit(wish: Wish, seen: ReadAnswer, info: PlanInfo): Plan {
  const { name } = wish;
  if (seen.rc === 126 && mayComeLater(info))
    return change('an earlier task may install the service', [], { result: { name } });
  if (seen.rc === 126)
    return failed(`Could not find the requested service ${name}: there is no /etc/init.d/${name}`, { name });
  const [levels = '', , ...words] = printed(seen).split('\n');
  const started = isStarted(words.join('\n'), seen.rc, name);
  const steps = [...enabling(wish, levels.split(' ').filter(Boolean)), ...running(wish, started)];
  const fields = ['enabled', ...(wish.state === undefined ? [] : [wish.state])];
  if (steps.length === 0) return ok('the service is as wished', { name, status: status(fields, []) });
  const actions = steps.map((s): Action => s.action);
  return change('the service changes', actions, {
    result: { name, status: status(fields, steps) },
    after: (outcomes) => ({ status: status(fields, steps, outcomes) }),
    explain: (i, o) => `Failed to ${steps[i]?.blame ?? 'manage'} service: ${name}: ${complaint(o)}`,
  });
}
