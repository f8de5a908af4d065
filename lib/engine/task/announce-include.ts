import type { Include } from '../../playbook/tree.js';
import type { TaskInfo } from '../event.js';
import type { HostRun } from '../state.js';
import { count, visibleError } from './announce.js';
import type { Outcome } from './attempt.js';

/** Tells how an include went on a host. Unlike a task's, its failure cannot be ignored. */
export function announceInclude(
  host: HostRun,
  include: Include,
  info: TaskInfo,
  outcome: Outcome,
  rescuable: boolean,
): void {
  const { run } = host.batch.play;
  const silent = include.what === 'role' && outcome.status === 'ok';
  if (!silent && !(outcome.status === 'failed' && rescuable))
    count(run, host.name, outcome.status, false, false);
  if (outcome.status === 'ok') return; // the `included` event says it
  run.emit({
    type: 'host-result',
    task: info,
    host: host.name,
    status: outcome.status,
    ignored: false,
    loop: false,
    reason: outcome.reason,
    error: visibleError(run, outcome.error),
    result: run.redactor.json(outcome.result),
  });
}
