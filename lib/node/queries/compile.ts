import { factsParts } from '../facts/query.js';
import type { Marks, SectionOutput } from '../sections.js';
import { groupParts, passwdParts } from './accounts.js';
import { getentParts, readParts } from './commands.js';
import { packageParts } from './packages.js';
import type { Answered, Part } from './part.js';
import { pathParts } from './paths.js';
import type { Query } from './query.js';
import { treeParts } from './trees.js';
import { unitParts } from './units.js';

/** Sections of one script that answer many queries, and the reader of their outputs. */
export type Compiled = {
  readonly sections: readonly string[];
  readonly read: (outputs: readonly SectionOutput[], marks: Marks) => Answered[];
};

/** Turns queries into few sections, whatever their order; no two of the queries should be the same. */
export function compile(queries: readonly Query[]): Compiled {
  const of = <K extends Query['kind']>(kind: K) =>
    queries.filter((q): q is Extract<Query, { kind: K }> => q.kind === kind);
  const parts: Part[] = [
    ...pathParts(of('path')),
    ...treeParts(of('tree')),
    ...packageParts(of('package')),
    ...unitParts(of('unit')),
    ...passwdParts(of('passwd')),
    ...groupParts(of('group')),
    ...getentParts(of('getent')),
    ...readParts(of('read')),
    ...factsParts(of('facts')),
  ];
  return {
    sections: parts.flatMap((p) => p.sections),
    read: (outputs, marks) => {
      let at = 0;
      return parts.flatMap((part) => {
        const from = at;
        at += part.sections.length;
        return part.read(outputs.slice(from, at), marks);
      });
    },
  };
}
