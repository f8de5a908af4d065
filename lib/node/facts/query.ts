import type { Part } from '../queries/part.js';
import type { FactsQuery } from '../queries/query.js';

/** Queries for facts. */
export function factsParts(queries: readonly FactsQuery[]): Part[] {
  return queries.map((query) => ({
    sections: [':'],
    read: () => [[query, { kind: 'facts', facts: {} }]],
  }));
}
