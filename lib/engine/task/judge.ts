import { FfeError } from '../../errors/error.js';
import type { ModuleResult } from '../../modules/module.js';
import type { At } from '../../playbook/tree.js';
import { fromJson } from '../../values/convert.js';
import type { Json } from '../../values/json.js';
import type { Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import type { Attempt, Outcome } from './attempt.js';
import { failing } from './conditions.js';
import { statusOf } from './status.js';

/** Adds what Ansible adds to every result: lines of stdout and stderr, `failed` spelt out. */
export function complete(result: ModuleResult): ModuleResult {
  const out = { ...result };
  for (const stream of ['stdout', 'stderr'] as const) {
    const text = out[stream];
    if (typeof text === 'string' && out[`${stream}_lines`] === undefined)
      out[`${stream}_lines`] = splitLines(text);
  }
  out.failed = out.failed ?? false;
  return out;
}

/** Python's splitlines for output. */
export function splitLines(text: string): string[] {
  const lines = text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** The scope in which changed_when, failed_when and until look: the result under its registered name. */
export function resultScope(attempt: Attempt, result: ModuleResult): LayeredScope {
  const { task, scope } = attempt;
  const own = new Map<string, Value>();
  if (task.register) own.set(task.register, fromJson(complete(result) as Json));
  const facts = result.ansible_facts;
  if (facts !== null && typeof facts === 'object' && !Array.isArray(facts))
    for (const [k, v] of Object.entries(facts)) own.set(k, fromJson(v));
  return own.size > 0 ? scope.with(own) : scope;
}

function shown(at: At | undefined): Json {
  return at === undefined
    ? false
    : ((Array.isArray(at.value) ? at.value : [at.value]) as Json[]).length === 1
      ? ((Array.isArray(at.value) ? at.value[0] : at.value) as Json)
      : (at.value as Json);
}

/** Applies changed_when and failed_when to what a module said. */
export function judge(attempt: Attempt, outcome: Outcome): Outcome {
  const { task } = attempt;
  if (
    outcome.status === 'skipped' ||
    outcome.status === 'unreachable' ||
    (!task.changedWhen && !task.failedWhen)
  )
    return outcome;
  const result: { -readonly [K in keyof ModuleResult]: ModuleResult[K] } = {
    ...outcome.result,
    ...(attempt.tries !== undefined && { attempts: attempt.tries }),
  };
  const holds = (conditions: readonly At[]): boolean | string => {
    try {
      return failing(conditions, resultScope(attempt, result)) === undefined;
    } catch (error) {
      if (!(error instanceof FfeError)) throw error;
      return error.message;
    }
  };
  if (task.changedWhen) {
    const changed = holds(task.changedWhen);
    if (typeof changed === 'boolean') result.changed = changed;
    else Object.assign(result, { failed: true, changed_when_result: changed });
  }
  if (task.failedWhen && result.changed_when_result === undefined) {
    const failed = holds(task.failedWhen);
    result.failed_when_result = failed;
    result.failed = failed !== false;
    if (failed === true && result.msg === undefined)
      result.msg = `failed_when: ${String(shown(task.failedWhen[0]))}`;
  }
  return { ...outcome, result, status: statusOf(result) };
}
