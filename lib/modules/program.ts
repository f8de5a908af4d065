import type { Outcome } from '../node/actions/action.js';
import type { ReadAnswer } from '../node/queries/query.js';
import type { PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed, type Plan } from './plan.js';

/** What the shell answers for a program that it cannot find. */
const NOT_FOUND = 127;

/** What a program printed. */
export function printed(answer: Pick<ReadAnswer, 'stdout'>): string {
  return answer.stdout.toString('utf8');
}

/** What a program complained about, else what it printed, else how it ended. */
export function complaint(answer: Pick<Outcome, 'rc' | 'stdout' | 'stderr'>): string {
  return answer.stderr.toString('utf8').trim() || printed(answer).trim() || `it ended with ${answer.rc}`;
}

/**
 * The plan of a module whose program is not on the node, undefined when it is. In check mode an earlier task may yet
 * install it. `from` is the package that has it.
 */
export function without(
  program: string,
  from: string,
  answer: Pick<ReadAnswer, 'rc'>,
  info: PlanInfo,
): Plan | undefined {
  if (answer.rc !== NOT_FOUND) return undefined;
  if (mayComeLater(info)) return change(`an earlier task may install ${program}`, []);
  return failed(
    `Failed to find required executable "${program}" on the node; Debian's package ${from} has it`,
  );
}
