import type { PathQuery } from './query.js';

/** The hashes that coreutils can make. */
export type Algorithm = NonNullable<PathQuery['checksum']>;

/** What sections beside `stat` found out about a path; filled in as they are read. */
export type Details = {
  content?: Buffer;
  readonly hashes: Map<Algorithm, string>;
  flags?: { readonly attributes: string; readonly version: string };
  mime?: { readonly mimeType: string; readonly charset: string };
};

/** Details by path. */
export type DetailsByPath = Map<string, Details>;

/** The details of a path, made when there are none yet. */
export function detailsOf(all: DetailsByPath, path: string): Details {
  const known = all.get(path) ?? { hashes: new Map() };
  all.set(path, known);
  return known;
}
