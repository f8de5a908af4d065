import type { Meta } from '../playbook/tree.js';
import { clearFacts } from '../vars/host-store.js';
import { connectionSettings, nodeFor } from './connect.js';
import { keywords } from './evaluate.js';
import { scopeOf, storeOf } from './scopes.js';
import type { HostRun } from './state.js';
import type { StepResult } from './step.js';
import { failing } from './task/conditions.js';

/** Runs a meta action on one host and says how the walk goes on. */
export async function runMeta(host: HostRun, meta: Meta): Promise<StepResult> {
  const { play } = host.batch;
  const { run } = play;
  const effective = run.effective(meta.frame);
  const scope = scopeOf({ play, host: host.name, frame: meta.frame, bindings: host.bindings });
  if (failing(effective.when, scope)) return { status: 'ok' };
  switch (meta.action) {
    case 'noop':
    case 'refresh_inventory':
      return { status: 'ok' };
    case 'flush_handlers':
      return { status: 'flush' };
    case 'clear_facts':
      clearFacts(storeOf(run, host.name));
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
