import { lstatSync, type Stats, statSync } from 'node:fs';

// What means that nothing is there: besides a missing name, a file where a folder was expected, a chain of links without
// end, and a name that no file can have.
const NOTHING = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG', 'ERR_INVALID_ARG_VALUE']);

/** What a path leads to, through links; undefined where it leads to nothing. Throws for what cannot be looked at. */
export function statOf(path: string): Stats | undefined {
  return orNothing(() => statSync(path, { throwIfNoEntry: false }));
}

/** What stands at a path, be it a link; undefined where there is nothing. Throws for what cannot be looked at. */
export function linkStatOf(path: string): Stats | undefined {
  return orNothing(() => lstatSync(path, { throwIfNoEntry: false }));
}

function orNothing(look: () => Stats | undefined): Stats | undefined {
  try {
    return look();
  } catch (error) {
    if (NOTHING.has((error as { code?: string }).code ?? '')) return undefined;
    throw error;
  }
}
