import { type Answers, identity } from './answers.js';
import { type Become, becomeKey } from './become.js';
import type { Answered } from './queries/part.js';
import { hashLeftOut } from './queries/paths.js';
import type { Answer, Query } from './queries/query.js';
import type { Shell } from './shell.js';
import { travel } from './trip.js';

/** Gives the long-lived shell of a user. */
export type ShellOf = (as?: Become) => Promise<Shell>;

/** The questions of one host: what is asked at the same time travels together, with what was hinted. */
export type Asking = {
  ask(queries: readonly Query[], as?: Become): Promise<Answer[]>;
  hint(queries: readonly Query[], as?: Become): void;
  /** Takes the hints of a user that are not answered yet, for a trip that is about to start. */
  takeHints(as?: Become): Query[];
};

type Waiting = Map<string, Query>;
type User = {
  readonly as?: Become;
  readonly hints: Waiting;
  asked: Waiting;
  trip?: Promise<Map<string, Answer>>;
};

/** Questions over the shells of a host, answered from the cache where it can. */
export function createAsking(shellOf: ShellOf, answers: Answers): Asking {
  const users = new Map<string, User>();
  const userOf = (as?: Become): User => {
    const user: User = users.get(becomeKey(as)) ?? { as, hints: new Map(), asked: new Map() };
    users.set(becomeKey(as), user);
    return user;
  };
  const takeHints = (as?: Become) => {
    const { hints } = userOf(as);
    const open = [...hints.values()].filter((q) => answers.get(becomeKey(as), q) === undefined);
    hints.clear();
    return open;
  };
  const depart = async (user: User): Promise<Map<string, Answer>> => {
    // What else is asked in this turn of the event loop still gets on.
    await null;
    const epoch = answers.epoch();
    const all = new Map(user.asked);
    user.asked = new Map();
    user.trip = undefined;
    for (const query of takeHints(user.as)) all.set(identity(query), query);
    const answered = await answerAll(await shellOf(user.as), [...all.values()]);
    answers.keep(becomeKey(user.as), answered, epoch);
    return new Map(answered.map(([query, answer]) => [identity(query), answer]));
  };
  const ask = async (queries: readonly Query[], as?: Become): Promise<Answer[]> => {
    const known = queries.map((q) => answers.get(becomeKey(as), q));
    if (known.every((a) => a !== undefined)) return known;
    const user = userOf(as);
    queries.forEach((q, i) => {
      if (known[i] === undefined) user.asked.set(identity(q), q);
    });
    user.trip ??= depart(user);
    const fresh = await user.trip;
    return queries.map((q, i) => known[i] ?? fresh.get(identity(q))!);
  };
  const hint = (queries: readonly Query[], as?: Become) => {
    const { hints } = userOf(as);
    for (const query of queries) hints.set(identity(query), query);
  };
  return { ask, hint, takeHints };
}

/** One trip, and a second one where a file was too large to be hashed from its content. */
async function answerAll(shell: Shell, queries: readonly Query[]): Promise<Answered[]> {
  const { answered } = await travel(shell, [], queries);
  return completed(shell, answered);
}

/** Adds the hashes of files whose content was too large to travel. */
export async function completed(shell: Shell, answered: readonly Answered[]): Promise<Answered[]> {
  const open = answered.map(([q, a]) =>
    q.kind === 'path' && a.kind === 'path' ? hashLeftOut(q, a) : undefined,
  );
  const wanted = open.filter((q) => q !== undefined);
  if (wanted.length === 0) return [...answered];
  const { answered: hashed } = await travel(shell, [], wanted);
  const found = new Map(hashed.map(([query, answer]) => [query, answer] as const));
  return answered.map(([q, a], i) => [q, (open[i] && found.get(open[i])) ?? a]);
}
