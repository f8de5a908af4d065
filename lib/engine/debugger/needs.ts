import { str } from '../../values/print.js';
import { finishAt, flag, keywords } from '../evaluate.js';
import type { Attempt, Outcome } from '../task/attempt.js';

/** Whether a task's end is handed to the debugger: its own `debugger` keyword decides, else the run's setting. */
export function needsDebugger(attempt: Attempt, outcome: Outcome): boolean {
  const { run, play, effective, scope } = attempt;
  const { options } = run;
  const word = keywords(effective, scope)('debugger');
  const ignored = options.debuggerIgnores !== false && flag(effective, 'ignore_errors', scope);
  const failed = outcome.status === 'failed' && !ignored;
  switch (word) {
    case 'always':
      return true;
    case 'never':
      return false;
    case 'on_failed':
      return failed;
    case 'on_unreachable':
      return outcome.status === 'unreachable';
    case 'on_skipped':
      return outcome.status === 'skipped';
  }
  const strategy = play.play.keywords.get('strategy');
  const debugs =
    options.debugger === true || (strategy ? str(finishAt(strategy, scope)) : options.strategy) === 'debug';
  return debugs && (failed || outcome.status === 'unreachable');
}
