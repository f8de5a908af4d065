import type { Marks, SectionOutput } from '../sections.js';
import type { Answer, Query } from './query.js';

/** A query and what became of it. */
export type Answered = readonly [Query, Answer];

/** Some queries of one kind: sections of sh source, and the reader of what each of them printed. */
export type Part = {
  readonly sections: readonly string[];
  readonly read: (outputs: readonly SectionOutput[], marks: Marks) => Answered[];
};

/** A part that asks each query in a section of its own. */
export function eachAlone<Q extends Query>(
  queries: readonly Q[],
  source: (query: Q) => string,
  answer: (query: Q, output: SectionOutput) => Answer,
): Part[] {
  if (queries.length === 0) return [];
  const read = (outputs: readonly SectionOutput[]) =>
    queries.map((query, i): Answered => [query, answer(query, outputs[i]!)]);
  return [{ sections: queries.map(source), read }];
}

/** The last line that a program wrote to its standard error, without the program's name; '' for none. */
export function lastError(output: SectionOutput): string {
  const line = output.stderr.toString('utf8').trim().split('\n').at(-1) ?? '';
  return line.replace(/^[\w./-]+: /, '');
}

/** Groups by a key, in order of first appearance. */
export function groupBy<T, K>(items: readonly T[], key: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
