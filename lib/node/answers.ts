import type { Answered } from './queries/part.js';
import type { Answer, Query } from './queries/query.js';
import type { Stale } from './stale.js';

/** The answers that still hold, of one host: by become user, then by query. */
export type Answers = {
  get(user: string, query: Query): Answer | undefined;
  /** Keeps answers that were asked for in an epoch; those of an earlier epoch than the present may be stale already. */
  keep(user: string, answered: readonly Answered[], epoch: number): void;
  forget(stale: Stale): void;
  /** Grows with every `forget`. */
  epoch(): number;
};

type Entry = { readonly query: Query; readonly answer: Answer };

/** The JSON text of a query: its identity. */
export function identity(query: Query): string {
  return JSON.stringify(query);
}

/** A cache that knows nothing yet. */
export function createAnswers(): Answers {
  const users = new Map<string, Map<string, Entry>>();
  let epoch = 0;
  const of = (user: string) => {
    const entries = users.get(user) ?? new Map<string, Entry>();
    users.set(user, entries);
    return entries;
  };
  return {
    get: (user, query) => users.get(user)?.get(identity(query))?.answer,
    keep: (user, answered, asked) => {
      if (asked !== epoch) return;
      for (const [query, answer] of answered) of(user).set(identity(query), { query, answer });
    },
    forget: (stale) => {
      epoch++;
      for (const entries of users.values())
        for (const [key, { query, answer }] of entries) if (stale(query, answer)) entries.delete(key);
    },
    epoch: () => epoch,
  };
}
