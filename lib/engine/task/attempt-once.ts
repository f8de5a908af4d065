import { FfeError, FfeErrors } from '../../errors/error.js';
import { doneBefore, withDone } from '../../modules/journal.js';
import type { JsonObject } from '../../values/json.js';
import { environmentOf, type Ready, readyArguments } from './arguments.js';
import type { Attempt, Outcome } from './attempt.js';
import { execute } from './execute.js';
import { complete, judge } from './judge.js';

const UNREACHABLE = new Set(['unreachable', 'auth', 'host-key']);

/** Errors before the module was called: Ansible's results then say nothing of changes. */
const EARLY = new Set(['undefined', 'template', 'vault']);

/** What a result says of an error: playbooks look for Ansible's words about undefined variables. */
function messageOf(error: FfeError): string {
  if (error.code !== 'undefined' || error.message.startsWith('The conditional check')) return error.message;
  return `The task includes an option with an undefined variable. The error was: ${error.message}`;
}

/** Turns an error into a result: connection trouble makes the host unreachable, anything else fails the task. */
export function errorOutcome(error: unknown): Outcome {
  const outcome = outcomeOf(error);
  return { ...outcome, result: withDone(outcome.result, doneBefore(error)) };
}

function outcomeOf(error: unknown): Outcome {
  if (error instanceof FfeError && UNREACHABLE.has(error.code)) {
    return {
      status: 'unreachable',
      effects: [],
      error,
      result: { changed: false, unreachable: true, msg: [error.message, ...error.notes].join('\n') },
    };
  }
  if (error instanceof FfeErrors) {
    return {
      status: 'failed',
      effects: [],
      error: error.errors[0],
      result: { changed: false, failed: true, msg: error.errors.map((e) => e.message).join('; ') },
    };
  }
  if (error instanceof FfeError)
    return {
      status: 'failed',
      effects: [],
      error,
      result: { ...(!EARLY.has(error.code) && { changed: false }), failed: true, msg: messageOf(error) },
    };
  const message = error instanceof Error ? error.message : String(error);
  const internal = new FfeError('internal', message, { cause: error });
  if (error instanceof Error && error.stack) internal.stack = error.stack;
  return {
    status: 'failed',
    effects: [],
    error: internal,
    result: { changed: false, failed: true, msg: message },
  };
}

/** The facts about the environment tell what tasks of the play will see: a login's, and `environment` above it. */
function withEnvironment(attempt: Attempt, outcome: Outcome): Outcome {
  const facts = outcome.result.ansible_facts as JsonObject | undefined;
  if (attempt.effective.environment.length === 0 || !isObject(facts?.ansible_env)) return outcome;
  const ansible_env = { ...facts.ansible_env, ...environmentOf(attempt) };
  return { ...outcome, result: { ...outcome.result, ansible_facts: { ...facts, ansible_env } } };
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The outcome of an error in a condition or in arguments: what cannot be evaluated for one item ends a loop. */
export function earlyOutcome(error: unknown): Outcome {
  const outcome = errorOutcome(error);
  return error instanceof FfeError && EARLY.has(error.code) ? { ...outcome, early: true } : outcome;
}

/** One try: the module, then changed_when and failed_when. Never rejects, but when the whole run is cancelled. */
export async function attemptOnce(attempt: Attempt): Promise<Outcome> {
  let ready: Ready;
  try {
    ready = readyArguments(attempt);
  } catch (error) {
    return earlyOutcome(error);
  }
  try {
    const outcome = withEnvironment(attempt, await execute(attempt, ready));
    const judged = judge(attempt, {
      ...outcome,
      result: outcome.status === 'skipped' ? outcome.result : complete(outcome.result),
    });
    return judged;
  } catch (error) {
    attempt.run.signal.throwIfAborted();
    const failed = errorOutcome(error);
    return attempt.task.failedWhen && failed.status === 'failed' && !failed.error
      ? judge(attempt, failed)
      : failed;
  }
}
