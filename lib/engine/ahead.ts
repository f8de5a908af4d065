import type { Become } from '../node/become.js';
import { becomeKey } from '../node/become.js';
import type { Node } from '../node/node.js';
import type { Query } from '../node/queries/query.js';
import type { Task } from '../playbook/tree.js';
import { flag } from './evaluate.js';
import { reachOf } from './reach.js';
import type { HostRun } from './state.js';
import { tagged } from './tags.js';
import { readyArguments } from './task/arguments.js';
import { failing } from './task/conditions.js';
import { planInfo } from './task/execute.js';
import { loopItems, loopVariables } from './task/loop.js';
import { nodeQueries } from './task/plan-module.js';
import { startAttempt, withItem } from './task/run-task.js';
import { taskInfo } from './task-info.js';

/** How many queries one look ahead may gather, and how many tasks it may pass. */
const MOST_QUERIES = 400;
const MOST_TASKS = 80;

type Gathered = { queries: Query[]; become: Become | undefined }[];

/**
 * Hands the queries of a task (all of its loop) and of the coming ones to the node, so that they travel with the next round trip. A task whose
 * arguments cannot be known yet is left out; the look ends behind the first task that will run a command, because that
 * makes every answer stale. Nothing here has effects, and no error leaves it: the task itself will meet it.
 */
export function lookAhead(host: HostRun, from: Task, node: Node): void {
  const place = host.batch.play.ahead.get(from);
  if (!place) return;
  const gathered = new Map<string, { queries: Query[]; become: Become | undefined }>();
  let count = 0;
  const end = Math.min(place.list.length, place.at + 1 + MOST_TASKS);
  for (let i = place.at; i < end && count < MOST_QUERIES; i++) {
    const found = queriesOf(host, place.list[i]!);
    if (found === 'barrier') break;
    for (const { queries, become } of found) {
      const key = becomeKey(become);
      const group = gathered.get(key) ?? { queries: [], become };
      gathered.set(key, group);
      group.queries.push(...queries);
      count += queries.length;
    }
  }
  for (const { queries, become } of gathered.values()) if (queries.length > 0) node.hint(queries, become);
}

function queriesOf(host: HostRun, task: Task): Gathered | 'barrier' {
  const { play } = host.batch;
  if (!tagged(play.run.effective(task.frame).tags, play.run.options)) return [];
  try {
    return attemptQueries(host, task);
  } catch {
    return []; // not knowable yet (a register, a fact, a file): the task asks when its turn comes
  }
}

function attemptQueries(host: HostRun, task: Task): Gathered | 'barrier' {
  const attempt = startAttempt({ host, task, info: taskInfo(task, host) }, true);
  const { effective, scope, module } = attempt;
  if (effective.directives.has('delegate_to')) return [];
  const items = task.loop
    ? loopVariables(task.loop, loopItems(task.loop, scope, task.written), scope)
    : [undefined];
  const out: Gathered = [];
  for (const item of items) {
    const one = item ? withItem(attempt, item) : attempt;
    if (failing(effective.when, one.scope)) continue;
    if (module.kind === 'run') {
      if (module.local) continue;
      const skips =
        module.check === 'skip' && flag(effective, 'check_mode', scope, attempt.run.options.check);
      if (skips) continue;
      return 'barrier';
    }
    const queries = nodeQueries(module.queries(readyArguments(one).args as never, planInfo(one)));
    if (queries.length > 0) out.push({ queries, become: reachOf(one, undefined).become() });
  }
  return out;
}
