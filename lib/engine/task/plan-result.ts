import type { ArgSpec } from '../../modules/args.js';
import type { AnswersTo, Asks, ModuleResult, PlanInfo, PlanModule } from '../../modules/module.js';
import type { Diff, Plan } from '../../modules/plan.js';
import type { Outcome as ActionOutcome } from '../../node/actions/action.js';
import type { Applied } from '../../node/node.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Outcome } from './attempt.js';
import { failureWords, withoutShell } from './failure-words.js';

type Call = {
  readonly module: PlanModule<ArgSpec, Asks, Asks>;
  readonly args: JsonObject;
  readonly info: PlanInfo;
};

/** Ansible's form of diffs in a result: snake case keys, absent sides left out. */
function diffJson(diffs: readonly Diff[]): Json[] {
  return diffs.map((d) => {
    const out: JsonObject = {};
    if (d.before !== undefined) out.before = d.before;
    if (d.after !== undefined) out.after = d.after;
    if (d.beforeHeader !== undefined) out.before_header = d.beforeHeader;
    if (d.afterHeader !== undefined) out.after_header = d.afterHeader;
    if (d.prepared !== undefined) out.prepared = d.prepared;
    return out;
  });
}

/** A plan's result: what it said, what the state says, and (after a change) what the actions left. */
export function planResult(
  call: Call,
  plan: Plan,
  answers: AnswersTo<Asks>,
  outcomes?: readonly ActionOutcome[],
): Outcome {
  const report =
    plan.kind === 'ok' || plan.kind === 'change'
      ? (call.module.report?.(call.args as never, answers, call.info) ?? {})
      : {};
  switch (plan.kind) {
    case 'ok':
      return {
        status: 'ok',
        reason: plan.reason,
        effects: plan.effects,
        result: { ...report, ...plan.result, changed: false },
      };
    case 'change': {
      const result: ModuleResult = {
        changed: true,
        ...report,
        ...plan.result,
        ...(outcomes ? plan.after?.(outcomes) : undefined),
      };
      const { always, single } = call.module.diffs ?? {};
      const shown = (call.info.diff || always) && plan.diff.length > 0 ? diffJson(plan.diff) : undefined;
      if (shown) result.diff = single ? shown[0] : shown;
      return {
        status: result.changed ? 'changed' : 'ok',
        reason: plan.reason,
        effects: plan.effects,
        result,
      };
    }
    case 'failed':
      return {
        status: 'failed',
        effects: [],
        result: { changed: false, msg: plan.msg, ...plan.result, failed: true },
      };
    case 'skipped':
      return {
        status: 'skipped',
        effects: [],
        result: { changed: false, ...plan.result, skipped: true, ...(plan.msg !== '' && { msg: plan.msg }) },
      };
  }
}

/** The result of a change whose action failed; says what was done before it. */
export function failureOf(plan: Extract<Plan, { kind: 'change' }>, applied: Applied): Outcome {
  const index = applied.failed ?? 0;
  const outcome = applied.outcomes[index];
  const stderr = outcome?.stderr.toString('utf8').trim() ?? '';
  const msg =
    failureWords(stderr, plan.actions[index]) ||
    (outcome && plan.explain?.(index, outcome)) ||
    withoutShell(stderr) ||
    `${plan.actions[index]?.kind ?? 'action'} failed with exit code ${outcome?.rc ?? '?'}`;
  const done = plan.actions.slice(0, index).map((a) => ('path' in a ? `${a.kind} ${a.path}` : a.kind));
  const result: ModuleResult = { changed: index > 0, failed: true, msg };
  if (outcome)
    Object.assign(result, {
      rc: outcome.rc,
      stdout: outcome.stdout.toString('utf8'),
      stderr: outcome.stderr.toString('utf8'),
    });
  if (done.length > 0) result.done_before_failure = done;
  return { status: 'failed', effects: [], result };
}
