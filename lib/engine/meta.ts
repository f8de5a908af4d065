import type { Meta, MetaAction } from '../playbook/tree.js';
import { clearFacts } from '../vars/host-store.js';
import { connectionSettings, nodeFor } from './connect.js';
import { keywords } from './evaluate.js';
import type { TaskInfo } from './event.js';
import { scopeOf } from './scopes.js';
import type { HostRun } from './state.js';
import type { StepResult } from './step.js';
import { failing } from './task/conditions.js';

/** Actions that say nothing when their condition does not hold, and those that run for each host. */
const SILENT: ReadonlySet<MetaAction> = new Set([
  'noop',
  'flush_handlers',
  'refresh_inventory',
  'reset_connection',
]);
const EACH_HOST: ReadonlySet<MetaAction> = new Set([
  'noop',
  'flush_handlers',
  'reset_connection',
  'end_host',
  'end_role',
]);

/** Whether an action is done once for all hosts of a batch. */
export function isForAll(action: MetaAction): boolean {
  return !EACH_HOST.has(action);
}

function announceSkip(host: HostRun, task: TaskInfo): void {
  const result = { changed: false, skipped: true, skip_reason: 'Conditional result was False' };
  host.batch.play.run.emit({
    type: 'host-result',
    task,
    host: host.name,
    status: 'skipped',
    ignored: false,
    loop: false,
    result,
  });
}

/** Runs a meta action on one host and says how the walk goes on. */
export async function runMeta(host: HostRun, meta: Meta, info: TaskInfo): Promise<StepResult> {
  const { play } = host.batch;
  const { run } = play;
  const effective = run.effective(meta.frame);
  const scope = scopeOf({ play, host: host.name, frame: meta.frame, bindings: host.bindings });
  if (failing(effective.when, scope)) {
    if (!SILENT.has(meta.action)) announceSkip(host, info);
    return { status: 'ok' };
  }
  switch (meta.action) {
    case 'noop':
    case 'refresh_inventory':
      return { status: 'ok' };
    case 'flush_handlers':
      return { status: 'flush' };
    case 'clear_facts':
      for (const { store } of host.batch.hosts) clearFacts(store);
      return { status: 'ok' };
    case 'clear_host_errors':
      for (const other of host.batch.hosts) {
        run.failed.delete(other.name);
        run.unreachable.delete(other.name);
      }
      return { status: 'ok' };
    case 'end_host':
      return { status: 'ended' };
    case 'end_role':
      return { status: 'end-role' };
    case 'end_batch':
      host.batch.ended = true;
      return { status: 'ended' };
    case 'end_play':
      play.ended = true;
      return { status: 'ended' };
    case 'reset_connection':
      await (
        await nodeFor(run, connectionSettings(run, host.name, scope, keywords(effective, scope)))
      ).reset();
      return { status: 'ok' };
  }
}
