import type { Outcome, RunAction } from '../../node/actions/action.js';
import { type ReadAnswer, type ReadQuery, read, type UnitAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { change, failed, ok, type Plan } from '../plan.js';
import type { unitArgs } from './unit-args.js';

/** What is wanted of a unit. */
export type UnitWish = ArgsOf<typeof unitArgs>;
/** What is known of it: `enabled` is asked only where the unit file's state does not say. */
export type UnitFacts = { readonly unit?: UnitAnswer; readonly enabled?: ReadAnswer };

/** One call of systemctl, with the words that explain its failure. */
type Step = { readonly verb: string; readonly action: RunAction; readonly blame: (o: Outcome) => string };

const ENABLED = ['enabled', 'enabled-runtime', 'static', 'generated'];
const MANAGER_ONLY = ['daemon-reload', 'daemon-reexec'];

function step(wish: UnitWish, verb: string, blame: Step['blame']): Step {
  const scope = wish.scope === 'system' ? [] : [`--${wish.scope}`];
  const flags = [...(wish.no_block ? ['--no-block'] : []), ...(wish.force ? ['--force'] : [])];
  const name = MANAGER_ONLY.includes(verb) ? [] : [wish.name ?? ''];
  const argv = ['systemctl', ...scope, ...flags, verb, ...name];
  if (wish.scope === 'system') return { verb, action: { kind: 'run', argv }, blame };
  // A user's manager is found by its runtime directory, which a session without PAM does not set.
  const script =
    'XDG_RUNTIME_DIR="${XDG_RUNTIME_DIR:-/run/user/$(id -u)}"; export XDG_RUNTIME_DIR; exec "$@"';
  return { verb, action: { kind: 'run', argv: ['/bin/sh', '-c', script, 'sh', ...argv] }, blame };
}

function text(o: Outcome): string {
  return o.stderr.toString('utf8');
}

/** What must be asked where the state of the unit's file alone does not say whether it starts at boot. */
export function enabledQuery(
  wish: UnitWish,
  { unit }: UnitFacts,
): { readonly enabled: ReadQuery } | undefined {
  const vague = ['generated', 'indirect', 'alias'].includes(unit?.properties.UnitFileState ?? '');
  if (wish.enabled === undefined || wish.name === undefined || !vague) return undefined;
  const scope = wish.scope === 'system' ? [] : [`--${wish.scope}`];
  return { enabled: read(['systemctl', ...scope, 'is-enabled', '-l', wish.name]) };
}

/**
 * Whether the unit starts at boot, as `systemctl is-enabled` sees it. An indirect unit or an alias is enabled when
 * links follow that word.
 */
export function isEnabled({ unit, enabled }: UnitFacts): boolean {
  if (enabled) return enabled.rc === 0 && !['indirect', 'alias'].includes(enabled.stdout.toString().trim());
  return ENABLED.includes(unit?.properties.UnitFileState ?? '');
}

function stateVerb(wanted: UnitWish['state'], activeState: string): string | undefined {
  const running = activeState === 'active' || activeState === 'activating';
  if (wanted === 'started') return running ? undefined : 'start';
  if (wanted === 'stopped') return running || activeState === 'deactivating' ? 'stop' : undefined;
  if (!running) return 'start';
  return wanted === 'restarted' ? 'restart' : 'reload';
}

function managerSteps(wish: UnitWish): Step[] {
  const verbs = MANAGER_ONLY.filter((v) => (v === 'daemon-reload' ? wish.daemon_reload : wish.daemon_reexec));
  return verbs.map((verb) => step(wish, verb, (o) => `failure ${o.rc} during ${verb}: ${text(o)}`));
}

function unitSteps(wish: UnitWish, facts: UnitFacts, properties: Readonly<Record<string, string>>): Step[] {
  const steps: Step[] = [];
  const unable = (verb: string) => (o: Outcome) => `Unable to ${verb} service ${wish.name}: ${text(o)}`;
  const add = (verb: string) => steps.push(step(wish, verb, unable(verb)));
  const masked = properties.UnitFileState === 'masked';
  if (wish.masked !== undefined && wish.masked !== masked) add(wish.masked ? 'mask' : 'unmask');
  if (wish.enabled !== undefined && wish.enabled !== isEnabled(facts))
    add(wish.enabled ? 'enable' : 'disable');
  const verb = wish.state && stateVerb(wish.state, properties.ActiveState ?? '');
  if (verb) add(verb);
  return steps;
}

function refusal(wish: UnitWish, { unit }: UnitFacts, later: boolean): Plan | undefined {
  if (/[*?[]/.test(wish.name ?? ''))
    return failed(`the name of a unit cannot be a pattern, found '${wish.name}'`);
  if (unit?.error) return failed(`Unable to ask systemd about ${wish.name}: ${unit.error}`);
  if (unit?.found && unit.properties.LoadError && unit.properties.LoadState !== 'masked')
    return failed(`Error loading unit file '${wish.name}': ${unit.properties.LoadError}`);
  if (!later && unit && !unit.found && (wish.state !== undefined || wish.enabled !== undefined))
    return failed(`Could not find the requested service ${wish.name}: host`);
  return undefined;
}

/**
 * Decides which calls of systemctl bring a unit to the wanted state. A reload of the manager alone is no change.
 * `later`: a unit that is missing may come from an earlier task.
 */
export function planUnit(wish: UnitWish, facts: UnitFacts, later = false): Plan {
  const no = wish.name === undefined ? undefined : refusal(wish, facts, later);
  if (no) return no;
  const properties = facts.unit?.properties ?? {};
  const manager = managerSteps(wish);
  const steps = wish.name === undefined ? [] : unitSteps(wish, facts, properties);
  const result: JsonObject = {
    name: wish.name ?? null,
    changed: steps.length > 0,
    status: { ...properties },
  };
  if (wish.enabled !== undefined) result.enabled = wish.enabled;
  if (wish.state) result.state = wish.state === 'stopped' ? 'stopped' : 'started';
  const all = [...manager, ...steps];
  if (all.length === 0) return ok('unit is in the wanted state', result);
  const reason = `unit: ${all.map((s) => s.verb).join(', ')}`;
  return change(
    reason,
    all.map((s) => s.action),
    { result, explain: (index, outcome) => all[index]?.blame(outcome) ?? text(outcome) },
  );
}
