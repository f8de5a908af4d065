import type { Item } from '../playbook/tree.js';
import { asBool, finishAt } from './evaluate.js';
import { useIdentity } from './role-uses.js';
import { scopeOf } from './scopes.js';
import type { HostRun } from './state.js';
import { tagged } from './tags.js';
import { statsOf } from './task/announce.js';
import { type Walk, walkHandlers, walkItems } from './walk.js';
import type { Walker } from './walker.js';

/** The walker of a host: tags, role bookkeeping and notifications. */
export function walkerOf(host: HostRun, started: (item: Item) => boolean): Walker {
  const { play } = host.batch;
  const { run } = play;
  return {
    selects: (item) => started(item) && tagged(run.effective(item.frame).tags, run.options),
    bind: (frame, vars) => {
      if (vars.size > 0) host.bindings.set(frame, vars);
    },
    rescued: () => {
      statsOf(run, host.name).rescued += 1;
    },
    enterRole: (use) => use.role.allowDuplicates || !host.rolesDone.has(useIdentity(use)),
    leaveRole: (use) => {
      if (host.rolesBegun.has(use)) host.rolesDone.add(useIdentity(use));
    },
    handlers: () => play.handlers,
    takeNotified: (handler) => host.notified.delete(handler),
    handlerFailed: () => host.notified.clear(),
    errors: { cleared: 0 },
  };
}

/**
 * A host's way through a play: facts, pre_tasks, handlers, roles, tasks, handlers, post_tasks, handlers. A failure
 * ends it, after the handlers when they are forced.
 */
export function* hostWalk(host: HostRun, walker: Walker, facts: readonly Item[]): Walk {
  const { play } = host.batch.play;
  const phases: (readonly Item[] | 'handlers')[] = [
    facts,
    play.preTasks,
    'handlers',
    [...play.roles, ...play.tasks],
    'handlers',
    play.postTasks,
    'handlers',
  ];
  for (let i = 0; i < phases.length; i++) {
    const phase = phases[i]!;
    const flow =
      phase === 'handlers' ? yield* walkHandlers([i], walker) : yield* walkItems(phase, [i], walker);
    // At the place of the next handlers, so that hosts that did not fail run theirs together with them.
    if (flow === 'failed' && forced(host)) yield* walkHandlers([phases.indexOf('handlers', i)], walker);
    if (flow !== 'next' && flow !== 'end-role') return flow;
  }
  return 'next';
}

/** The play's own word wins over the command line's. */
function forced(host: HostRun): boolean {
  const { play, run } = host.batch.play;
  const at = play.keywords.get('force_handlers');
  return at
    ? asBool(finishAt(at, scopeOf({ play: host.batch.play, host: host.name })))
    : run.options.forceHandlers;
}
