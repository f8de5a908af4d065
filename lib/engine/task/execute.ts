import { FfeError } from '../../errors/error.js';
import { carryDone, journalOf, withDone } from '../../modules/journal.js';
import type { Detach, ModuleResult, PlanInfo, RunInfo, RunModule } from '../../modules/module.js';
import { dataCondition } from '../../template/condition.js';
import { toResult } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import { Undefined } from '../../values/undefined.js';
import type { Raw } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { bringsData } from '../../vars/unsafe.js';
import { asyncPlan, asyncRun } from '../async/run-async.js';
import { asyncRefusal, asyncWant, type Want } from '../async/want.js';
import { flag } from '../evaluate.js';
import { reachOf } from '../reach.js';
import { announceReach } from './announce-reach.js';
import { environmentOf, type Ready } from './arguments.js';
import type { Attempt, Outcome } from './attempt.js';
import { holds } from './conditions.js';
import { delegateOf } from './delegate.js';
import { expandPaths } from './expand-paths.js';
import { invocationOf } from './invocation.js';
import { partiesOf } from './parties.js';
import { type Reach, runPlanModule } from './plan-module.js';
import { answerSource } from './sources.js';
import { statusOf } from './status.js';
import { timeLimit, within } from './time-limit.js';

/** What a module may ask of the task's scope. */
export function planInfo(attempt: Attempt): PlanInfo {
  const { run, scope, effective, host } = attempt;
  const { templater, files } = scope.tools;
  const isData = (text: unknown): boolean => typeof text === 'string' && becameData(attempt, text);
  return {
    check: flag(effective, 'check_mode', scope, run.options.check),
    diff: flag(effective, 'diff', scope, run.options.diff),
    verbosity: run.options.verbosity,
    host: host.name,
    pending: run.options.check && (run.stats.get(host.name)?.changed ?? 0) > 0,
    evaluate: (text) => {
      if (isData(text)) return text;
      return toResult(
        text.includes('{{') || text.includes('{%')
          ? templater.value(text, scope, files)
          : templater.expression(text, scope, files),
      );
    },
    condition: (condition) => {
      if (isData(condition)) throw dataCondition({ pos: attempt.task.argsPos });
      return holds(condition as Raw, scope);
    },
    native: templater.native,
    variable: (name) => plainVariable(scope, name),
  };
}

/** Whether a text is not what an argument says, but what data made of it: `var: "{{ result.stdout }}"`. */
function becameData({ task, scope }: Attempt, text: string): boolean {
  const written = ['var', 'that'].flatMap((name) => (task.args.get(name) ?? []) as Raw[]);
  if (written.includes(text) || written.length === 0) return false;
  return bringsData(written, scope.tools.templater.reads, (name) => scope.unsafe?.(name) ?? false);
}

function plainVariable(scope: LayeredScope, name: string): Json | undefined {
  const value = scope.get(name);
  if (value instanceof Undefined && value.sealed) throw value.sealed.error;
  return value === undefined || value instanceof Undefined ? undefined : toResult(value);
}

/** Calls the module once. Errors become results in `attempt-once`. */
export async function execute(attempt: Attempt, ready: Ready): Promise<Outcome> {
  const { module } = attempt;
  const delegate = delegateOf(attempt);
  const info = planInfo(attempt);
  const reach: Reach = {
    ...reachOf(attempt, delegate),
    foresees: attempt.run.options.check && attempt.run.options.foresight !== false,
    ahead:
      delegate === undefined ? (node) => attempt.play.lookAhead(attempt.host, attempt.task, node) : undefined,
  };
  announceReach(attempt, reach, delegate);
  const want = asyncWant(attempt);
  const refused = want && asyncRefusal(module, info.check);
  if (refused) return { status: 'failed', effects: [], result: refused, delegate };
  const args = await expandPaths(module, ready.args, reach);
  const call = caller(attempt, args, info, reach, want);
  const limit = timeLimit(attempt);
  const outcome = limit
    ? await within(limit, call, async () => (await reach.node()).reset())
    : await call(attempt.run.signal);
  const invocation = outcome.status === 'skipped' ? undefined : invocationOf(attempt, args);
  const result = warned(invocation ? { invocation, ...outcome.result } : outcome.result, ready.warnings);
  return { ...outcome, result, delegate, given: ready.given };
}

/** A result with further warnings before its own. */
function warned(result: JsonObject, warnings: readonly string[]): JsonObject {
  if (warnings.length === 0) return result;
  return { ...result, warnings: [...warnings, ...(Array.isArray(result.warnings) ? result.warnings : [])] };
}

/** How the module is called: at once, or as a job. */
function caller(
  attempt: Attempt,
  args: JsonObject,
  info: PlanInfo,
  reach: Reach,
  want: Want | undefined,
): (signal: AbortSignal) => Promise<Outcome> {
  const { module, scope } = attempt;
  if (module.kind === 'plan') {
    const call = { module, args, info, reach, scope };
    return want ? (signal) => asyncPlan(attempt, call, want, signal) : () => runPlanModule(call);
  }
  return (cancel) => {
    const alone = want !== undefined && !module.detaches;
    const signal = alone ? AbortSignal.any([cancel, AbortSignal.timeout(want.limit * 1000)]) : cancel;
    const run = (detach?: Detach) =>
      callRunModule(attempt, module, args as never, info, reach, { signal, detach });
    return want ? asyncRun(attempt, module, { reach }, run, want, cancel) : run();
  };
}

async function callRunModule(
  attempt: Attempt,
  module: RunModule,
  args: RunInfo['args'],
  info: PlanInfo,
  reach: Reach,
  how: { readonly signal: AbortSignal; readonly detach?: Detach },
): Promise<Outcome> {
  if (info.check && module.check === 'skip') {
    const words = `remote module (${module.name}) does not support check mode`;
    return {
      status: 'skipped',
      effects: [],
      result: {
        changed: false,
        skipped: true,
        msg: module.words?.[words] ?? words,
      },
    };
  }
  const { scope, run } = attempt;
  const node = module.local ? undefined : await reach.node();
  const signal = AbortSignal.any([run.signal, how.signal]);
  const journal = journalOf(info.check);
  const full = {
    ...info,
    args,
    become: reach.become(),
    environment: environmentOf(attempt),
    signal,
    detach: how.detach,
    title: attempt.info.role ? `${attempt.info.role} : ${attempt.info.name}` : attempt.info.name,
    did: journal.did,
    say: (text: string) => run.emit({ type: 'asking', text: run.redactor.text(text) }),
    operator: run.options.operator,
    timeout: timeLimit(attempt)?.seconds ?? 0,
    delegate: delegateOf(attempt),
    party: partiesOf(attempt),
    source: async (s: Parameters<typeof answerSource>[0]) => answerSource(s, scope),
  };
  const dollar = module.scripted ? (await import('../../node/dollar.js')).dollar : undefined;
  const withNode = {
    ...full,
    get node() {
      return need(node, module.name);
    },
    get $() {
      return need(dollar, module.name)(need(node, module.name), full.become);
    },
  };
  try {
    const outcome = finishRun(await module.run(withNode));
    return { ...outcome, result: withDone(outcome.result, journal) };
  } catch (error) {
    carryDone(error, journal);
    throw error;
  } finally {
    // A command may have changed other nodes too (a cluster, a shared folder), and waiting lets the world change.
    run.answers.epoch += 1;
  }
}

function need<T>(node: T | undefined, name: string): T {
  if (node === undefined) throw new FfeError('internal', `module ${name} is local and has no node`);
  return node;
}

function finishRun(answer: Awaited<ReturnType<RunModule['run']>>): Outcome {
  const wrapped = 'result' in answer && typeof answer.result === 'object' && 'effects' in answer;
  const result = (wrapped ? answer.result : answer) as ModuleResult;
  const effects = wrapped ? (answer.effects as Outcome['effects']) : [];
  return { status: statusOf(result), effects, result: { ...result, changed: result.changed ?? false } };
}
