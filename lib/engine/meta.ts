import type { Meta, MetaAction } from '../playbook/tree.js';
import { clearFacts } from '../vars/host-store.js';
import type { LayeredScope } from '../vars/scope.js';
import { connectionSettings, nodeFor } from './connect.js';
import { keywords } from './evaluate.js';
import type { TaskInfo } from './event.js';
import { scopeAt } from './scopes.js';
import type { HostRun } from './state.js';
import type { StepResult } from './step.js';
import { failing } from './task/conditions.js';

/** Actions whose `when` Ansible does not look at. */
const UNCONDITIONAL: ReadonlySet<MetaAction> = new Set(['noop', 'refresh_inventory', 'reset_connection']);
const EACH_HOST: ReadonlySet<MetaAction> = new Set([
  'noop',
  'flush_handlers',
  'reset_connection',
  'end_host',
  'end_role',
]);

/** How a skipped action says what goes on instead. */
const INSTEAD: Readonly<Partial<Record<MetaAction, (host: string) => string>>> = {
  flush_handlers: (host) => `, not running handlers for ${host}`,
  clear_facts: (host) => `, not clearing facts and fact cache for ${host}`,
  clear_host_errors: (host) => `, not clearing host error state for ${host}`,
  end_batch: () => ', continuing current batch',
  end_play: () => ', continuing play',
  end_host: (host) => `, continuing execution for ${host}`,
  end_role: (host) => `, continuing role for ${host}`,
};

/** Whether an action is done once for all hosts of a batch. */
export function isForAll(action: MetaAction): boolean {
  return !EACH_HOST.has(action);
}

function skip(host: HostRun, meta: Meta, task: TaskInfo): StepResult {
  const reason = `${meta.action} conditional evaluated to False${INSTEAD[meta.action]?.(host.name) ?? ''}`;
  const { emit } = host.batch.play.run;
  emit({ type: 'meta', text: reason, host: host.name });
  const result = { skipped: true, skip_reason: reason, msg: meta.action };
  emit({
    type: 'host-result',
    task,
    host: host.name,
    status: 'skipped',
    ignored: false,
    loop: false,
    result: meta.action === 'end_host' ? { ...result, msg: ended(reason) } : result,
  });
  return { status: 'ok' };
}

/** Ansible spells the false of this one message small. */
function ended(reason: string): string {
  return reason.replace('False', 'false');
}

/** Runs a meta action on one host and says how the walk goes on. */
export async function runMeta(host: HostRun, meta: Meta, info: TaskInfo): Promise<StepResult> {
  const { play } = host.batch;
  const { run } = play;
  const effective = run.effective(meta.frame);
  const scope = scopeAt(host, meta.frame);
  if (UNCONDITIONAL.has(meta.action)) {
    if (effective.when.length > 0)
      run.emit({ type: 'warning', text: `${meta.action} task does not support when conditional` });
  } else if (failing(effective.when, scope)) return skip(host, meta, info);
  const [result, text] = await act(host, meta, scope);
  run.emit({ type: 'meta', text, host: host.name });
  return result;
}

const OK: StepResult = { status: 'ok' };
const ENDED: StepResult = { status: 'ended' };

/** Does it; answers what Ansible says of it at -vv. */
async function act(host: HostRun, meta: Meta, scope: LayeredScope): Promise<[StepResult, string]> {
  const { batch } = host;
  const { run } = batch.play;
  switch (meta.action) {
    case 'noop':
      return [OK, 'noop'];
    case 'refresh_inventory':
      run.refresh?.();
      return [OK, 'inventory successfully refreshed'];
    case 'flush_handlers':
      return [{ status: 'flush' }, `triggered running handlers for ${host.name}`];
    case 'clear_facts':
      for (const { store } of batch.hosts) clearFacts(store);
      return [OK, 'facts cleared'];
    case 'clear_host_errors':
      for (const { name } of batch.hosts) {
        run.failed.delete(name);
        run.unreachable.delete(name);
      }
      return [OK, 'cleared host errors'];
    case 'end_host':
      batch.play.removed.add(host.name);
      return [ENDED, `ending play for ${host.name}`];
    case 'end_role':
      return [{ status: 'end-role' }, `ending role for ${host.name}`];
    case 'end_batch':
      batch.ended = true;
      return [ENDED, 'ending batch'];
    case 'end_play':
      batch.play.ended = true;
      return [ENDED, 'ending play'];
    case 'reset_connection': {
      const keyword = keywords(run.effective(meta.frame), scope);
      await (await nodeFor(run, connectionSettings(run, host.name, scope, keyword))).reset();
      return [OK, 'reset connection'];
    }
  }
}
