import { flag, number } from '../evaluate.js';
import { scopeAt, scopeOf } from '../scopes.js';
import type { Batch } from '../state.js';
import { itemOf, type Step } from '../step.js';
import type { Cursor } from './cursor.js';

/** Whether a host was lost at this step that is `once` for all, or for which any_errors_fatal holds (a rescued failure does not count). */
export function fatal(batch: Batch, step: Step, group: readonly Cursor[], once: boolean): boolean {
  if (!group.some(({ host }) => host.state === 'failed' || host.state === 'unreachable')) return false;
  if (once) return true;
  const host = group[0]!.host;
  const { play } = batch;
  const item = itemOf(step);
  const effective = play.run.effective(item.frame);
  const scope = scopeAt(host, item.frame);
  return flag(effective, 'any_errors_fatal', scope, play.run.options.anyErrorsFatal);
}

/** Whether more hosts of the batch failed than max_fail_percentage allows. */
export function tooManyFailed(batch: Batch): boolean {
  const at = batch.play.play.keywords.get('max_fail_percentage');
  const first = batch.hosts[0];
  if (!at || !first) return false;
  const failed = batch.hosts.filter((h) => h.state === 'failed' || h.state === 'unreachable').length;
  if (failed === 0) return false;
  const limit = number(at, scopeOf({ play: batch.play, host: first.name }), 100);
  return (failed / batch.hosts.length) * 100 > limit;
}
