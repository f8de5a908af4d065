import { decodeBytes } from '../bytes.js';
import { quote } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import { lastError, type Part } from './part.js';
import type { FileType, PathState, TreeAnswer, TreeQuery } from './query.js';

const FORMAT = '%y %m %U %G %s %i %D %n %A@ %T@ %C@ %b\\0%u\\0%g\\0%p\\0%l\\0';

const TYPES: { readonly [letter: string]: FileType | undefined } = {
  f: 'file',
  d: 'directory',
  l: 'link',
  p: 'fifo',
  s: 'socket',
  b: 'block',
  c: 'char',
};

/** Queries for trees: each one walk by `find`, and one more that hashes files when hashes are wanted. */
export function treeParts(queries: readonly TreeQuery[]): Part[] {
  return queries.map((query) => {
    const mode = query.follow ? '-L' : query.inside ? '-H' : '-P';
    const depth = query.depth === undefined ? '' : ` -maxdepth ${query.depth}`;
    const find = `find ${mode} ${quote(startingPoint(query.path))}${depth}`;
    const walk = `${find} -printf '${FORMAT}'`;
    const sums = `${find} -type f -exec sha1sum -z -- {} +`;
    return {
      sections: query.checksum ? [walk, sums] : [walk],
      read: ([entries, hashes]) => [[query, readTree(query, entries!, hashes)]],
    };
  });
}

/** `find` takes a word such as `-x` or `!` for a part of its expression. */
function startingPoint(path: string): string {
  return path.startsWith('/') ? path : `./${path}`;
}

function readTree(query: TreeQuery, output: SectionOutput, hashes: SectionOutput | undefined): TreeAnswer {
  const sums = hashes === undefined ? new Map<string, string>() : readSums(hashes);
  const texts = decodeBytes(output.stdout).split('\0');
  const entries: PathState[] = [];
  for (let at = 0; at + 5 <= texts.length; at += 5) {
    const entry = readEntry(texts.slice(at, at + 5));
    const checksum = sums.get(entry.path);
    const path = query.path.startsWith('/') ? entry.path : entry.path.slice('./'.length);
    entries.push({ ...entry, path, ...(checksum && { checksum }) });
  }
  const gone = entries.length === 0 && output.stderr.includes('No such file or directory');
  const error = output.rc === 0 || gone ? '' : lastError(output);
  return { kind: 'tree', exists: entries.length > 0, entries, ...(error && { error }) };
}

function readSums(output: SectionOutput): Map<string, string> {
  const lines = decodeBytes(output.stdout).split('\0').filter(Boolean);
  return new Map(lines.map((line) => [line.slice(line.indexOf(' ') + 2), line.slice(0, line.indexOf(' '))]));
}

function readEntry([
  numbers = '',
  owner = '',
  group = '',
  path = '',
  target = '',
]: readonly string[]): PathState {
  const [letter = '', mode = '', ...rest] = numbers.split(' ');
  const [uid = 0, gid = 0, size = 0, ino = 0, dev = 0, nlink = 0] = rest.slice(0, 6).map(Number);
  const [atime = 0, mtime = 0, ctime = 0] = rest.slice(6, 9).map(seconds);
  return {
    path,
    type: TYPES[letter] ?? 'file',
    mode: Number.parseInt(mode, 8),
    uid,
    gid,
    owner: owner === String(uid) ? '' : owner,
    group: group === String(gid) ? '' : group,
    size,
    ino,
    dev,
    nlink,
    atime,
    mtime,
    ctime,
    blocks: Number(rest[9]),
    ...(letter === 'l' ? { target } : {}),
  };
}

/** Cut to microseconds, as for single paths, so that both say the same of the same file. */
function seconds(text: string): number {
  return Number(text.replace(/(\.\d{6})\d*$/, '$1'));
}
