import type { ModuleResult } from '../../modules/module.js';
import type { Outcome } from './attempt.js';

/** The status that a result's own fields say. */
export function statusOf(result: ModuleResult): Outcome['status'] {
  if (result.failed) return 'failed';
  if (result.skipped) return 'skipped';
  return result.changed ? 'changed' : 'ok';
}
