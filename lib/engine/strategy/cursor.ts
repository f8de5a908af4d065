import type { HostRun } from '../state.js';
import type { Step, StepResult } from '../step.js';
import type { Walk } from '../walk.js';

/** Where a host stands: its walk and the step it has to do next (undefined when it is through). */
export type Cursor = { readonly host: HostRun; readonly walk: Walk; step: Step | undefined };

/** Starts a host's walk and stands before its first step. */
export function startCursor(host: HostRun, walk: Walk): Cursor {
  const cursor: Cursor = { host, walk, step: undefined };
  take(cursor, walk.next());
  return cursor;
}

/** Tells a host how its step went and moves it on. */
export function advance(cursor: Cursor, result: StepResult): void {
  take(cursor, cursor.walk.next(result));
  if (result.status === 'unreachable') leave(cursor, 'unreachable');
}

function take(cursor: Cursor, next: ReturnType<Walk['next']>): void {
  if (!next.done) {
    cursor.step = next.value;
    return;
  }
  cursor.step = undefined;
  if (next.value === 'failed') leave(cursor, 'failed');
}

function leave(cursor: Cursor, state: 'failed' | 'unreachable'): void {
  const { host } = cursor;
  const { run } = host.batch.play;
  host.state = state;
  (state === 'failed' ? run.failed : run.unreachable).add(host.name);
}

/** Ends a host's walk at once (end_play, end_batch, too many failures). */
export function stop(cursor: Cursor): void {
  cursor.step = undefined;
  if (cursor.host.state === 'active') cursor.host.state = 'ended';
}

/** Ends a host's walk as failed, because others failed. */
export function fail(cursor: Cursor): void {
  cursor.step = undefined;
  leave(cursor, 'failed');
}
