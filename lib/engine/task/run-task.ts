import { setTimeout as sleep } from 'node:timers/promises';
import { FfeError } from '../../errors/error.js';
import type { Task } from '../../playbook/tree.js';
import { fromJson, toResult } from '../../values/convert.js';
import { str } from '../../values/print.js';
import type { Value } from '../../values/value.js';
import { setFact } from '../../vars/host-store.js';
import { debugTask } from '../debugger/debug.js';
import { needsDebugger } from '../debugger/needs.js';
import { finishAt, flag } from '../evaluate.js';
import type { TaskInfo } from '../event.js';
import { notify } from '../notify.js';
import { scopeAt, storeOf } from '../scopes.js';
import type { HostRun } from '../state.js';
import type { StepResult } from '../step.js';
import { announce, announceItem, uncount } from './announce.js';
import type { Attempt, LoopItem, Outcome } from './attempt.js';
import { earlyOutcome, errorOutcome } from './attempt-once.js';
import { failing, warnOfTemplates } from './conditions.js';
import { seeingDelegate } from './delegate.js';
import { loopItems, loopLabel, loopPause, loopVariables } from './loop.js';
import { remember } from './remember.js';
import { attemptUntil } from './until.js';

/** A task for a host. `sharers` are the hosts that take over what is learnt (run_once: all of the batch). */
export type TaskCall = {
  readonly host: HostRun;
  readonly task: Task;
  readonly info: TaskInfo;
  readonly rescuable: boolean;
  readonly sharers: readonly string[];
};

/** The attempt of a task before any loop item. */
export function startAttempt(call: Pick<TaskCall, 'host' | 'task' | 'info'>, ahead = false): Attempt {
  const { host, task } = call;
  const play = host.batch.play;
  const module = task.definition ?? play.run.modules.get(task.module);
  if (!module)
    throw new FfeError('unknown-name', `couldn't resolve module/action '${task.written}'`, { pos: task.pos });
  const scope = scopeAt(host, task.frame, ahead);
  return {
    run: play.run,
    play,
    host,
    task,
    info: call.info,
    module,
    effective: play.run.effective(task.frame),
    scope,
  };
}

/** The attempt for one item of its loop. */
export function withItem(attempt: Attempt, item: LoopItem): Attempt {
  return { ...attempt, scope: attempt.scope.with(item.vars, item.safe), item };
}

function skippedBy(attempt: Attempt): Outcome | undefined {
  const at = failing(attempt.effective.when, attempt.scope);
  if (!at) return undefined;
  return {
    status: 'skipped',
    effects: [],
    reason: 'Conditional result was False',
    result: {
      changed: false,
      skipped: true,
      skip_reason: 'Conditional result was False',
    },
  };
}

/** when, then the module with its retries; errors of either become results. */
async function attemptWhen(unnamed: Attempt): Promise<Outcome> {
  let attempt = seeingDelegate(unnamed);
  warnOfTemplates(attempt);
  try {
    const skipped = skippedBy(attempt);
    if (skipped) return skipped;
  } catch (error) {
    return earlyOutcome(error);
  }
  try {
    attempt = withModule(attempt);
  } catch (error) {
    return earlyOutcome(error);
  }
  const outcome = await attemptUntil(attempt);
  return unnamed.task.late ? { ...outcome, info: attempt.info } : outcome;
}

/** The attempt as it is shown: under its module's name, once that is known. */
function shown(attempt: Attempt, { info }: Outcome): Attempt {
  return info ? { ...attempt, info } : attempt;
}

/** The attempt with its module, when that is named by a template. */
function withModule(attempt: Attempt): Attempt {
  const { late, frame } = attempt.task;
  if (!late) return attempt;
  const task = { ...late.resolve(str(finishAt(late.name, attempt.scope))), frame, late: undefined };
  const info = { ...attempt.info, action: task.written };
  return { ...attempt, task, info, module: task.definition ?? attempt.module };
}

/** The items of a loop, or the outcome of a task whose loop cannot be evaluated (skipped when its `when` says so). */
function itemsOf(attempt: Attempt): LoopItem[] | Outcome {
  const loop = attempt.task.loop!;
  try {
    return loopVariables(loop, loopItems(loop, attempt.scope, attempt.task.written), attempt.scope);
  } catch (error) {
    try {
      const skipped = skippedBy(attempt);
      if (skipped) return skipped;
    } catch {
      // the condition needs the item that the loop cannot give: the loop's own error says more
    }
    return loopError(error);
  }
}

/** Ansible says what is undefined in a loop twice, and without further words. */
function loopError(error: unknown): Outcome {
  const outcome = errorOutcome(error);
  if (outcome.error?.code !== 'undefined') return outcome;
  const { message } = outcome.error;
  return { ...outcome, result: { ...outcome.result, msg: `${message}. ${message}` } };
}

async function runLoop(attempt: Attempt, items: readonly LoopItem[]): Promise<Outcome> {
  const loop = attempt.task.loop!;
  const outcomes: Outcome[] = [];
  const pause = loopPause(loop, attempt.scope);
  for (const [index, bare] of items.entries()) {
    if (index > 0 && pause > 0) await sleep(pause * 1000, undefined, { signal: attempt.run.signal });
    const one = withItem(attempt, bare);
    const item = { ...bare, label: loopLabel(loop, bare, one.scope) };
    const labelled = { ...one, item };
    const tried = await attemptWhen(labelled);
    if (tried.early) return tried;
    const outcome = withItemFields(tried, item);
    const ignored = outcome.status === 'failed' && flag(one.effective, 'ignore_errors', one.scope);
    if (outcome.status !== 'failed' && outcome.status !== 'unreachable')
      remember(attempt.run, [attempt.host.name], outcome);
    announceItem(shown(labelled, outcome), outcome, ignored);
    outcomes.push(outcome);
    if (outcome.status === 'unreachable') break;
  }
  return combine(outcomes);
}

function withItemFields(outcome: Outcome, item: LoopItem): Outcome {
  return {
    ...outcome,
    result: {
      ...outcome.result,
      ...item.fields,
      [item.name]: toResult(item.value),
      ansible_loop_var: item.name,
    },
  };
}

/** A loop's result: its items' results, changed when any is, failed when any is, skipped when all are. */
function combine(outcomes: readonly Outcome[]): Outcome {
  const any = (status: Outcome['status']): boolean => outcomes.some((o) => o.status === status);
  const results = outcomes.map((o) => o.result);
  const changed = results.some((r) => r.changed === true);
  const error = outcomes.find((o) => o.error)?.error;
  const warnings = results.flatMap((r) => (Array.isArray(r.warnings) ? r.warnings : []));
  const common = { effects: [], error, delegate: outcomes.at(-1)?.delegate };
  const lists = { results, changed, ...(warnings.length > 0 ? { warnings } : undefined) };
  if (outcomes.length === 0)
    return {
      ...common,
      status: 'skipped',
      result: { changed: false, skipped: true, skipped_reason: 'No items in the list', results: [] },
    };
  if (any('unreachable'))
    return {
      ...common,
      status: 'unreachable',
      result: {
        ...lists,
        unreachable: true,
        msg: outcomes.find((o) => o.status === 'unreachable')!.result.msg,
      },
    };
  if (any('failed'))
    return {
      ...common,
      status: 'failed',
      result: { ...lists, failed: true, msg: 'One or more items failed' },
    };
  if (outcomes.every((o) => o.status === 'skipped'))
    return { ...common, status: 'skipped', result: { ...lists, skipped: true, msg: 'All items skipped' } };
  return {
    ...common,
    status: changed ? 'changed' : 'ok',
    result: { ...lists, failed: false, skipped: false, msg: 'All items completed' },
  };
}

/** Runs a task on a host from its loop to its notifications, and says how the walk goes on. */
export async function runTask(
  call: TaskCall,
  vars: ReadonlyMap<string, Value> = new Map(),
): Promise<StepResult> {
  const plain = startAttempt(call);
  const attempt = vars.size > 0 ? { ...plain, scope: plain.scope.with(vars) } : plain;
  const { host, task, scope } = attempt;
  const items = task.loop ? itemsOf(attempt) : undefined;
  const outcome =
    items === undefined
      ? await attemptWhen(attempt)
      : Array.isArray(items)
        ? await runLoop(attempt, items)
        : items;
  const { use } = attempt.effective.layers;
  if (use && outcome.status !== 'skipped') host.rolesBegun.add(use);
  const ignored = isIgnored(attempt, outcome);
  learn(call, attempt, outcome, items === undefined);
  if (outcome.result.changed === true && (outcome.status !== 'failed' || ignored)) notify(host, task, scope);
  announce(shown(attempt, outcome), outcome, ignored, call.rescuable);
  const verdict = needsDebugger(attempt, outcome) ? await debugTask(attempt, outcome, vars) : undefined;
  if (verdict?.kind === 'redo') {
    uncount(attempt.run, host.name, outcome);
    return runTask({ ...call, task: verdict.task }, verdict.vars);
  }
  if (outcome.status === 'unreachable') return { status: ignored ? 'ok' : 'unreachable' };
  if (outcome.status !== 'failed' || ignored) return { status: 'ok' };
  bindFailure(call, outcome);
  return { status: 'failed' };
}

function isIgnored(attempt: Attempt, outcome: Outcome): boolean {
  if (outcome.status === 'failed') return flag(attempt.effective, 'ignore_errors', attempt.scope);
  return outcome.status === 'unreachable' && flag(attempt.effective, 'ignore_unreachable', attempt.scope);
}

/** Registers the result and stores what it brings, on every host that shares it. */
function learn(call: TaskCall, attempt: Attempt, outcome: Outcome, single: boolean): void {
  const { task, sharers } = call;
  const { run } = attempt;
  const good = outcome.status !== 'failed' && outcome.status !== 'unreachable';
  if (single && good) remember(run, factHosts(sharers, attempt, outcome), outcome);
  if (!task.register) return;
  const failed = outcome.status === 'failed' || (!task.loop && outcome.result.failed === true);
  // The result of a loop says of itself only that it failed.
  const value = fromJson(task.loop && !failed ? outcome.result : { ...outcome.result, failed });
  for (const name of sharers) setFact(storeOf(run, name), task.register, value);
}

/** delegate_facts gives the facts to the delegate. */
function factHosts(sharers: readonly string[], attempt: Attempt, outcome: Outcome): readonly string[] {
  if (!outcome.delegate) return sharers;
  return flag(attempt.effective, 'delegate_facts', attempt.scope) ? [outcome.delegate] : sharers;
}

/** What a rescue may look at: `ansible_failed_task` and `ansible_failed_result`. */
function bindFailure(call: TaskCall, outcome: Outcome): void {
  const { host, task, info } = call;
  const store = storeOf(host.batch.play.run, host.name);
  const name = task.name === undefined ? '' : info.name;
  setFact(store, 'ansible_failed_task', fromJson({ name, action: task.written }));
  setFact(store, 'ansible_failed_result', fromJson(outcome.result));
}
