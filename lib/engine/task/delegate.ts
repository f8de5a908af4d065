import { FfeError } from '../../errors/error.js';
import { str } from '../../values/print.js';
import { finishAt } from '../evaluate.js';
import type { Attempt } from './attempt.js';

/** The host a task is delegated to, evaluated with the loop's variables; undefined for the host itself. */
export function delegateOf(attempt: Attempt): string | undefined {
  const at = attempt.effective.directives.get('delegate_to');
  if (!at) return undefined;
  const value = finishAt(at, attempt.scope);
  if (value === attempt.scope.get('omit') || value === null) return undefined;
  const name = str(value);
  if (name === '') throw new FfeError('bad-value', 'Undefined delegate_to host for task', { pos: at.pos });
  return name;
}
