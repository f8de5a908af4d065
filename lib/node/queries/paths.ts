import { createHash } from 'node:crypto';
import type { Marks, SectionOutput } from '../sections.js';
import { contentSection, hashSection, readContents, readHashes } from './contents.js';
import { type Algorithm, type Details, type DetailsByPath, detailsOf } from './details.js';
import { flagsSection, mimeSection, readFlags, readMime } from './flags.js';
import { groupBy, type Part } from './part.js';
import type { PathAnswer, PathQuery } from './query.js';
import { readStats, statSection } from './stats.js';

/** The most bytes of content that travel when a query names no limit. */
export const CONTENT_LIMIT = 1024 * 1024;

/** A section beside `stat`, and where to put what it printed. */
type Extra = {
  readonly source: string;
  readonly read: (output: SectionOutput, all: DetailsByPath, marks: Marks) => void;
};

/** All queries for paths: one `stat` for those that follow links, one for the others, one stream of contents each. */
export function pathParts(queries: readonly PathQuery[]): Part[] {
  return [...groupBy(queries, (q) => q.follow)].map(([follow, group]) => pathPart(group, follow));
}

function pathPart(queries: readonly PathQuery[], follow: boolean): Part {
  const paths = unique(queries);
  const extras = [
    ...contentExtras(queries, follow),
    ...hashExtras(queries, follow),
    ...flagExtras(queries, follow),
  ];
  return {
    sections: [statSection(paths, follow), ...extras.map((e) => e.source)],
    read: (outputs, marks) => {
      const states = readStats(paths, outputs[0]!);
      const details: DetailsByPath = new Map();
      extras.forEach((extra, i) => {
        extra.read(outputs[i + 1]!, details, marks);
      });
      return queries.map((q) => [q, finish(q, states.get(q.path)!, details.get(q.path))]);
    },
  };
}

function unique(queries: readonly PathQuery[]): string[] {
  return [...new Set(queries.map((q) => q.path))];
}

function limitOf(query: PathQuery): number {
  return query.limit ?? CONTENT_LIMIT;
}

function contentExtras(queries: readonly PathQuery[], follow: boolean): Extra[] {
  const groups = groupBy(
    queries.filter((q) => q.content),
    limitOf,
  );
  return [...groups].map(([limit, group]) => {
    const paths = unique(group);
    return {
      source: contentSection(paths, follow, limit),
      read: (output, all, marks) => readContents(paths, limit, output, marks, all),
    };
  });
}

function hashExtras(queries: readonly PathQuery[], follow: boolean): Extra[] {
  const groups = groupBy(
    queries.filter((q) => q.checksum !== undefined && !q.content),
    (q) => q.checksum!,
  );
  return [...groups].map(([algorithm, group]) => ({
    source: hashSection(unique(group), follow, algorithm),
    read: (output, all) => readHashes(algorithm, output, all),
  }));
}

function flagExtras(queries: readonly PathQuery[], follow: boolean): Extra[] {
  const flags = unique(queries.filter((q) => q.attributes)).map(
    (path): Extra => ({
      source: flagsSection(path),
      read: (output, all) => readFlags(output, detailsOf(all, path)),
    }),
  );
  const mimes = unique(queries.filter((q) => q.mime)).map(
    (path): Extra => ({
      source: mimeSection(path, follow),
      read: (output, all) => readMime(output, detailsOf(all, path)),
    }),
  );
  return [...flags, ...mimes];
}

/** What a query gets: only what it asked for, hashed here when the content came along. */
function finish(query: PathQuery, state: PathAnswer, details?: Details): PathAnswer {
  if (!state.exists || details === undefined) return state;
  const { content } = details;
  const kept =
    query.content && content !== undefined && content.length <= limitOf(query) ? content : undefined;
  const checksum = query.checksum && (kept ? hash(query.checksum, kept) : details.hashes.get(query.checksum));
  return {
    ...state,
    ...(kept && { content: kept }),
    ...(checksum && { checksum }),
    ...(query.attributes && details.flags),
    ...(query.mime && details.mime),
  };
}

function hash(algorithm: Algorithm, content: Uint8Array): string {
  return createHash(algorithm).update(content).digest('hex');
}

/** A second query for the hash of a file whose content was too large to travel; undefined when there is no need. */
export function hashLeftOut(query: PathQuery, answer: PathAnswer): PathQuery | undefined {
  const open = query.content && query.checksum && answer.exists && answer.type === 'file' && answer.readable;
  return open && answer.checksum === undefined ? { ...query, content: false } : undefined;
}
