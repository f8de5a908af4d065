import { FfeError } from '../../errors/error.js';
import type { JsonObject } from '../../values/json.js';
import { flag } from '../evaluate.js';
import type { HostStats, Status } from '../event.js';
import type { Run } from '../state.js';
import type { Attempt, Outcome } from './attempt.js';

const CENSORED =
  "the output has been hidden due to the fact that 'no_log: true' was specified for this result";

/** A host's counts, made when first asked for. */
export function statsOf(run: Run, host: string): HostStats {
  const known = run.stats.get(host);
  if (known) return known;
  const made = { ok: 0, changed: 0, unreachable: 0, failed: 0, skipped: 0, rescued: 0, ignored: 0 };
  run.stats.set(host, made);
  return made;
}

/** Counts a host's result as PLAY RECAP does: ignored failures are ok too, a changed one is both. */
export function count(run: Run, host: string, status: Status, ignored: boolean, changed: boolean): void {
  const stats = statsOf(run, host);
  if (ignored) {
    stats.ok += status === 'failed' ? 1 : 0;
    stats.skipped += status === 'unreachable' ? 1 : 0;
    stats.ignored += 1;
    if (status === 'failed' && changed) stats.changed += 1;
    return;
  }
  if (status === 'changed') {
    stats.ok += 1;
    stats.changed += 1;
  } else stats[status] += 1;
}

/** Takes back what a result was counted as, before its task is done again (as Ansible's debugger does). */
export function uncount(run: Run, host: string, outcome: Outcome): void {
  const stats = statsOf(run, host);
  const less = (name: keyof HostStats): void => {
    stats[name] = Math.max(0, stats[name] - 1);
  };
  less('ok');
  if (outcome.status !== 'ok') less(outcome.status);
}

/** A result, and those of a loop's items in it, without what only -vvv shows. */
function withoutInvocation(result: JsonObject): JsonObject {
  const { invocation: _own, ...rest } = result;
  if (!Array.isArray(rest.results)) return rest;
  const results = rest.results.map((one) =>
    typeof one === 'object' && one !== null && 'invocation' in one
      ? withoutInvocation(one as JsonObject)
      : one,
  );
  return { ...rest, results };
}

/** A result as the world may see it: secrets masked, or under no_log nothing but whether it changed or failed. */
export function visible(attempt: Attempt, result: JsonObject): JsonObject {
  const { run } = attempt;
  if (noLog(attempt)) {
    const kept: JsonObject = { censored: CENSORED };
    for (const name of ['changed', 'failed', 'skipped', 'unreachable', 'attempts', 'retries'] as const)
      if (result[name] !== undefined) kept[name] = result[name];
    return kept;
  }
  return run.redactor.json(run.options.verbosity >= 3 ? result : withoutInvocation(result));
}

/** Whether the result must not be shown; a no_log that cannot be evaluated hides. */
export function noLog(attempt: Attempt): boolean {
  try {
    return flag(attempt.effective, 'no_log', attempt.scope, attempt.run.setting?.('DEFAULT_NO_LOG') === true);
  } catch {
    return true;
  }
}

/** An error without secrets in its words; its place in the playbook stays. */
export function visibleError(run: Run, error: FfeError | undefined): FfeError | undefined {
  if (!error) return undefined;
  const { text } = run.redactor;
  const clean = new FfeError(error.code, text(error.message), {
    pos: error.pos,
    span: error.span,
    hint: error.hint && text(error.hint),
    notes: error.notes.map(text),
    cause: error.cause,
  });
  if (error.stack) clean.stack = text(error.stack);
  return clean;
}

/** Tells how one loop item went. */
export function announceItem(attempt: Attempt, outcome: Outcome, ignored: boolean): void {
  const { run, info, host, item } = attempt;
  run.emit({
    type: 'item-result',
    task: info,
    host: host.name,
    delegate: outcome.delegate,
    status: outcome.status,
    label: run.redactor.text(noLog(attempt) ? 'None' : (item?.label ?? '')),
    ignored,
    result: visible(attempt, outcome.result),
  });
}

/** Tells how the task went on the host, and counts it. */
export function announce(attempt: Attempt, outcome: Outcome, ignored: boolean, rescuable: boolean): void {
  const { run, info, host, task } = attempt;
  if (!(outcome.status === 'failed' && rescuable && !ignored))
    count(run, host.name, outcome.status, ignored, outcome.result.changed === true);
  run.emit({
    type: 'host-result',
    task: info,
    host: host.name,
    delegate: outcome.delegate,
    status: outcome.status,
    ignored,
    loop: task.loop !== undefined,
    reason: outcome.reason,
    error: noLog(attempt) ? undefined : visibleError(run, outcome.error),
    result: visible(attempt, outcome.result),
  });
}
