import type { Node } from '../../node/node.js';
import type { JsonObject } from '../../values/json.js';
import { type Pattern, textPattern } from '../edit/regex.js';

type Running = Awaited<ReturnType<Node['spawn']>>;

/** A question by its pattern, and what is still to be answered; a single answer never runs out. */
export type Question = {
  readonly pattern: string;
  readonly regex: Pattern;
  readonly answers: string[];
  readonly endless: boolean;
};

/** How a conversation went: everything that was said, and why it ended before the program did. */
export type Talk = { readonly said: string; readonly rc?: number; readonly stuck?: string };

/** Reads the dict of responses: one text for every time, or a list of texts for one time each. Throws a WishError. */
export function questions(responses: JsonObject): Question[] {
  return Object.entries(responses).map(([pattern, given]) => ({
    pattern,
    regex: textPattern(pattern),
    answers: (Array.isArray(given) ? given : [given]).map((a) => `${String(a ?? '').replace(/\n+$/, '')}\n`),
    endless: !Array.isArray(given),
  }));
}

type Heard = { readonly question: Question; readonly rest: string };

/** The question that comes first in what was said since the last answer. */
function heard(asked: readonly Question[], fresh: string): Heard | undefined {
  const found = asked.flatMap((question) => {
    const match = question.regex.search(fresh);
    return match
      ? [{ question, at: match.index, rest: fresh.slice(match.index + (match.groups[0] ?? '').length) }]
      : [];
  });
  return found.sort((a, b) => a.at - b.at)[0];
}

/** Answers a program's questions until it ends, or is silent for `timeout` seconds (0: for ever). */
export async function converse(running: Running, asked: readonly Question[], timeout: number): Promise<Talk> {
  const state = { said: '', fresh: '', stuck: undefined as string | undefined };
  const stop = (why: string) => {
    state.stuck ??= why;
    void running.kill();
  };
  const wait = () => (timeout > 0 ? setTimeout(stop, timeout * 1000, 'command exceeded timeout') : undefined);
  let timer = wait();
  running.stdout.on('data', (chunk: Buffer) => {
    clearTimeout(timer);
    timer = wait();
    state.said += chunk.toString('utf8');
    state.fresh += chunk.toString('utf8');
    for (let next = heard(asked, state.fresh); next; next = heard(asked, state.fresh)) {
      const { question, rest } = next;
      const answer = question.endless ? question.answers[0] : question.answers.shift();
      if (answer === undefined)
        return stop(`No remaining responses for '${question.pattern}', output was '${state.said}'`);
      state.fresh = rest;
      running.stdin.write(answer);
    }
  });
  try {
    const { rc } = await running.done;
    return { said: state.said, rc, stuck: state.stuck };
  } catch (error) {
    if (state.stuck === undefined) throw error;
    return { said: state.said, stuck: state.stuck };
  } finally {
    clearTimeout(timer);
  }
}
