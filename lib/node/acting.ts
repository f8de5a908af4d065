import { FfeError } from '../errors/error.js';
import type { Action, Outcome, WriteAction } from './actions/action.js';
import { compileAction, readOutcome } from './actions/compile.js';
import type { Step } from './actions/compiled.js';
import { closeStep, newWord, openStep } from './actions/write.js';
import type { Become } from './become.js';
import { decodeBytes } from './bytes.js';
import type { Connection } from './connection.js';
import type { Answered } from './queries/part.js';
import type { Query } from './queries/query.js';
import { quote } from './quote.js';
import { travel } from './trip.js';

/** What actions left, and the answers to the questions that were asked after them. */
export type Acted = { readonly outcomes: Outcome[]; readonly failed?: number; readonly answered: Answered[] };

/** Performs actions in order until one fails, in one trip, or one more for each large file that is streamed. */
export async function act(
  connection: Connection,
  actions: readonly Action[],
  then: readonly Query[],
  as?: Become,
): Promise<Acted> {
  const outcomes: Outcome[] = [];
  let steps: Step[] = [];
  const go = async (queries: readonly Query[]) => {
    const trip = await travel(await connection.shell(as), steps, queries);
    outcomes.push(...trip.steps.map(readOutcome));
    steps = [];
    return trip;
  };
  for (const action of actions) {
    if (!isStreamed(action)) {
      steps.push(compileAction(action));
      continue;
    }
    const word = newWord();
    steps.push(openStep(action, word));
    const opened = await go([]);
    if (opened.failed) return { outcomes, failed: outcomes.length - 1, answered: [] };
    outcomes.pop();
    await stream(connection, action, decodeBytes(opened.steps.at(-1)!.note).slice(1), as);
    steps.push(closeStep(action, word));
  }
  const last = await go(then);
  return { outcomes, ...(last.failed && { failed: outcomes.length - 1 }), answered: last.answered };
}

type Streamed = WriteAction & { readonly content: { readonly kind: 'local' } };

function isStreamed(action: Action): action is Streamed {
  return action.kind === 'write' && action.content.kind === 'local';
}

/** Fills the temporary file; when that fails, it is removed. */
async function stream(connection: Connection, action: Streamed, to: string, as?: Become): Promise<void> {
  try {
    await connection.upload(action.content.path, to, { as });
  } catch (cause) {
    const shell = await connection.shell(as);
    await shell.run({ text: `rm -f -- ${quote(to)}` });
    // What the node said of the temporary file, after the names of both files.
    const [, why] = /\.tmp: ([\s\S]*)$/.exec(cause instanceof FfeError ? cause.message : '') ?? [];
    const reason = why === undefined ? '' : `: ${why.trim().split(': ').at(-1)}`;
    throw new FfeError('task', `cannot send ${action.content.path} to ${action.path}${reason}`, { cause });
  }
}
