import type { Include } from '../../playbook/tree.js';
import type { LayeredScope } from '../../vars/scope.js';
import { flag } from '../evaluate.js';
import type { TaskInfo } from '../event.js';
import type { HostRun } from '../state.js';
import { count } from './announce.js';
import type { Outcome } from './attempt.js';

/** Tells how an include went on a host; returns whether a failure is ignored. */
export function announceInclude(
  host: HostRun,
  include: Include,
  scope: LayeredScope,
  info: TaskInfo,
  outcome: Outcome,
  rescuable: boolean,
): boolean {
  const { run } = host.batch.play;
  const ignored = outcome.status === 'failed' && flag(run.effective(include.frame), 'ignore_errors', scope);
  if (!(outcome.status === 'failed' && rescuable && !ignored))
    count(run, host.name, outcome.status, ignored, false);
  if (outcome.status === 'ok') return ignored; // the `included` event says it
  run.emit({
    type: 'host-result',
    task: info,
    host: host.name,
    status: outcome.status,
    ignored,
    loop: false,
    reason: outcome.reason,
    error: outcome.error,
    result: run.redactor.json(outcome.result),
  });
  return ignored;
}
