import { dirname } from 'node:path';
import { FfeError } from '../errors/error.js';
import type { InventoryRules } from '../inventory/inventory.js';
import { selectHosts } from '../inventory/select.js';
import type { Item, Play, Task } from '../playbook/tree.js';
import { str } from '../values/print.js';
import type { Raw } from '../values/value.js';
import type { BesideVars } from '../vars/inventory-layers.js';
import { templates } from '../vars/layer.js';
import { lookAhead } from './ahead.js';
import { batchesOf } from './batches.js';
import { finishAt, flag } from './evaluate.js';
import { factsTask } from './facts-task.js';
import { hostWalk, walkerOf } from './host-walk.js';
import { orderOf } from './order.js';
import { askPrompts } from './prompts.js';
import { flatHandlers, playUses, roleHandlers } from './role-uses.js';
import { exportedLayers, inventoryParts, scopeOf, storeOf } from './scopes.js';
import { startFrom } from './start-at.js';
import type { Ahead, Batch, HostRun, PlayRun, Run } from './state.js';
import { flatten } from './step.js';
import { startCursor } from './strategy/cursor.js';
import { strategyNamed } from './strategy/index.js';
import { varsFile } from './vars-file.js';

function aheadOf(lists: readonly (readonly Item[])[]): Map<Task, Ahead> {
  const list = lists.flatMap((items) => flatten(items));
  return new Map(list.map((task, at) => [task, { list, at }]));
}

/** What one play of a run owns, over hosts that were chosen and questions that were answered. */
export function playRun(
  run: Run,
  play: Play,
  hosts: readonly string[],
  prompts: ReadonlyMap<string, Raw>,
  beside: BesideVars = run.beside(dirname(play.file)),
  unordered: readonly string[] = hosts,
): PlayRun {
  const statics = [...play.preTasks, ...play.roles, ...play.tasks, ...play.postTasks];
  const batch: { hosts: readonly string[] } = { hosts };
  const handlerUses = new Set<string>();
  const exported = playUses(play);
  const removed = new Set<string>();
  const alive = (host: string): boolean =>
    !run.failed.has(host) && !run.unreachable.has(host) && !removed.has(host);
  return {
    run,
    play,
    name: '',
    hosts,
    magic: {
      name: '',
      file: play.file,
      remaining: () => unordered.filter(alive),
      batch: () => batch.hosts.filter(alive),
      all: unordered,
      // Roles that includes add count when they are public.
      roles: exported,
    },
    beside,
    prompts: templates('vars_prompt', prompts, { level: 'play vars_prompt' }),
    inventoryOf: inventoryParts(run, beside),
    exportedLayers: exportedLayers(exported),
    varsFile: varsFile(run, play),
    handlers: flatHandlers([...roleHandlers(statics, handlerUses), ...play.handlers]),
    handlerUses,
    unusable: new Set(),
    exported,
    ahead: new Map(),
    infos: new Map(),
    loaded: new Map(),
    includeIds: new Map(),
    ordinals: new Map(),
    removed,
    ended: false,
    current: batch,
    lookAhead,
    factsTask: {},
  };
}

function hostRun(batch: Batch, name: string): HostRun {
  return {
    name,
    batch,
    store: storeOf(batch.play.run, name),
    notified: new Set(),
    rolesDone: new Set(),
    rolesBegun: new Set(),
    bindings: new Map(),
    reaches: new Map(),
    state: 'active',
  };
}

/** The scope in which a play's own keywords are evaluated: no host, only extra vars and the play's vars. */
function hostless(play: PlayRun) {
  return scopeOf({ play, host: 'localhost', frame: play.play.frame });
}

function patternOf(play: PlayRun): string {
  const { hosts } = play.play;
  const value = finishAt(hosts, hostless(play));
  const parts = (Array.isArray(value) ? value : [value])
    .map((v) => str(v))
    .filter((v) => v !== '' && v !== 'None');
  if (parts.length === 0) throw new FfeError('bad-value', 'hosts must not be empty', { pos: hosts.pos });
  return parts.join(',');
}

/** The hosts of a play, in its order, and what is to be said of its pattern; `mismatch` as `selectHosts` takes it. */
export function hostsFor(
  run: Run,
  draft: PlayRun,
  mismatch?: InventoryRules['mismatch'],
): ReturnType<typeof selectHosts> {
  return selectHosts(run.inventory, patternOf(draft), {
    limit: run.options.limit,
    order: orderOf(draft, hostless(draft)),
    mismatch,
  });
}

/** Whether a play runs in check mode as a whole: its tasks may still say otherwise. */
function checks(play: PlayRun): boolean {
  const { run, play: written } = play;
  return flag(run.effective(written.frame), 'check_mode', hostless(play), run.options.check);
}

/** Runs one play; false when the run must not go on to the next one. */
export async function runPlay(run: Run, play: Play): Promise<boolean> {
  const bare = playRun(run, play, [], new Map());
  run.playing.current = bare;
  const prompts = await askPrompts(run, play, hostless(bare));
  const draft = playRun(run, play, [], prompts, bare.beside);
  run.playing.current = draft;
  const { hosts, warnings } = hostsFor(run, draft);
  for (const text of warnings) run.emit({ type: 'warning', text });
  const name = play.name ? str(finishAt(play.name, hostless(draft))) : patternOf(draft);
  if (hosts.length === 0) {
    run.emit({ type: 'play-start', name, hosts, check: checks(draft), pos: play.pos });
    run.emit({ type: 'no-hosts-matched' });
    return true;
  }
  const base = playRun(run, play, hosts, prompts, draft.beside, inventoryOrder(run, play, hosts));
  const ready: PlayRun = { ...base, name, magic: { ...base.magic, name } };
  run.playing.current = ready;
  return runBatches(ready);
}

/** The play's hosts as the inventory has them, which `order` does not change for the variables that list them. */
function inventoryOrder(run: Run, play: Play, hosts: readonly string[]): readonly string[] {
  if (!play.keywords.has('order')) return hosts;
  const wanted = new Set(hosts);
  const known = [...run.inventory.hosts.keys()].filter((host) => wanted.has(host));
  return [...known, ...hosts.filter((host) => !run.inventory.hosts.has(host))];
}

async function runBatches(play: PlayRun): Promise<boolean> {
  const { run, hosts } = play;
  const alive = (host: string): boolean => !run.failed.has(host) && !run.unreachable.has(host);
  let broken = false;
  for (const names of batchesOf(play, hosts)) {
    const living = names.filter(alive);
    play.current.hosts = living;
    run.emit({
      type: 'play-start',
      name: play.name,
      hosts: living,
      check: checks(play),
      pos: play.play.pos,
    });
    if (living.length === 0) continue;
    const wide = await runBatch(play, living);
    if (play.ended) return true;
    broken ||= wide;
    // A host that was lost in an earlier play still counts as one of its batch (core 2.14, PlaybookExecutor).
    if (living.length === names.length && living.every((h) => !alive(h))) return false;
  }
  return !broken;
}

/** Runs a batch; true when a failure limit broke the play. */
async function runBatch(play: PlayRun, names: readonly string[]): Promise<boolean> {
  const batch: Batch = { play, hosts: [], ended: false, broken: false };
  const hosts = names.map((name) => hostRun(batch, name));
  batch.hosts.push(...hosts);
  const { preTasks, roles, tasks, postTasks } = play.play;
  const started = startFrom(play);
  const walks = hosts.map((host) => {
    const facts = factsTask(play, host);
    return { host, facts };
  });
  const first = walks.flatMap((w) => w.facts).slice(0, 1);
  for (const [task, place] of aheadOf([first, preTasks, roles, tasks, postTasks]))
    play.ahead.set(task, place);
  const cursors = walks.map(({ host, facts }) =>
    startCursor(host, hostWalk(host, walkerOf(host, started), facts)),
  );
  await strategyNamed(play)(batch, cursors);
  return batch.broken;
}
