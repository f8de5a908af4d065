import { basename, dirname } from 'node:path/posix';
import type { PathAnswer, PathState, ReadAnswer, TreeAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgsOf } from '../args.js';
import { textPattern } from '../edit/regex.js';
import { failed, ok, type Plan } from '../plan.js';
import { patternRegex } from '../shell-pattern.js';
import { textsOf } from './content.js';
import { found } from './entry.js';
import type { findArgs } from './find-args.js';

type FindWish = ArgsOf<typeof findArgs>;
type FindFacts = {
  readonly trees: readonly TreeAnswer[];
  /** The same trees without looking through links, where links are followed. */
  readonly links?: readonly TreeAnswer[];
  readonly now?: ReadAnswer;
  readonly files?: readonly PathAnswer[];
  /** The contents of files that may hold what is searched for. */
  readonly texts?: ReadAnswer;
};

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86400, w: 604800 };
const BYTES: Readonly<Record<string, number>> = { b: 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30, t: 2 ** 40 };

function measured(text: string | undefined, units: Readonly<Record<string, number>>): number | undefined {
  const match = /^(-?\d+)([a-z])?$/.exec((text ?? '').toLowerCase());
  if (!match) return Number.NaN;
  return Number(match[1]) * (match[2] === undefined ? 1 : (units[match[2]] ?? Number.NaN));
}

/** Age and size as numbers, and the node's time; a text names the one that cannot be read. */
export function measures(a: FindWish, now: ReadAnswer | undefined) {
  const age = a.age === undefined ? undefined : measured(a.age, SECONDS);
  const size = a.size === undefined ? undefined : measured(a.size, BYTES);
  if (Number.isNaN(age)) return 'age';
  if (Number.isNaN(size)) return 'size';
  return { age, size, now: Number(now?.stdout.toString('latin1').trim() ?? 0) };
}

/** The regular expression that files must contain, where files are searched for. */
export function containedIn(a: FindWish): string | undefined {
  return a.file_type === 'file' ? a.contains : undefined;
}

/** Whether a name is one to find. */
function namePick(a: FindWish): (name: string) => boolean {
  const tests = (patterns: readonly unknown[]) =>
    patterns.map((p) => {
      if (!a.use_regex) {
        const regex = patternRegex(String(p));
        return (name: string) => regex.test(name);
      }
      const regex = textPattern(`(?:${p})`);
      // A match begins where the name does.
      return (name: string) => regex.search(name)?.index === 0;
    });
  const wanted = tests(a.patterns);
  const unwanted = tests(a.excludes ?? []);
  return (name) => (wanted.length === 0 || wanted.some((t) => t(name))) && !unwanted.some((t) => t(name));
}

function within(limit: number | undefined, value: number): boolean {
  if (limit === undefined) return true;
  return limit >= 0 ? value >= limit : value <= -limit;
}

/** A tree's entries folder by folder: first what is no folder, then the folders, then what is in them. */
function walked(entries: readonly PathState[]): PathState[] {
  const inside = new Map<string, PathState[]>();
  for (const entry of entries.slice(1)) {
    const folder = dirname(entry.path);
    const found = inside.get(folder);
    if (found) found.push(entry);
    else inside.set(folder, [entry]);
  }
  const below = (folder: string): PathState[] => {
    const all = inside.get(folder) ?? [];
    const folders = all.filter((e) => e.type === 'directory');
    return [
      ...all.filter((e) => e.type !== 'directory'),
      ...folders,
      ...folders.flatMap((f) => below(f.path)),
    ];
  };
  return entries[0] ? below(entries[0].path) : [];
}

/** Entries with links as what they are, where the walk looked through them. */
function unfollowed(entries: readonly PathState[], links: TreeAnswer | undefined): readonly PathState[] {
  const own = new Map(links?.entries.filter((e) => e.type === 'link').map((e) => [e.path, e]));
  return entries.map((e) => own.get(e.path) ?? e);
}

function depthOf(root: string, p: string): number {
  return p.split('/').length - root.replace(/\/$/, '').split('/').length;
}

/** What matches by everything but content. */
export function candidates(a: FindWish, { trees, links, now }: FindFacts): PathState[] {
  const limits = measures(a, now);
  if (typeof limits === 'string') return [];
  const picked = namePick(a);
  return trees.flatMap((answer, i) => {
    const [root] = answer.entries;
    if (root?.type !== 'directory') return [];
    const kinds = new Map(unfollowed(answer.entries, links?.[i]).map((e) => [e.path, e]));
    return walked(answer.entries)
      .map((e) => kinds.get(e.path) ?? e)
      .filter((e) => {
        if (a.depth && depthOf(root.path, e.path) > a.depth) return false;
        if (!a.hidden && basename(e.path).startsWith('.')) return false;
        if (a.file_type !== 'any' && e.type !== a.file_type) return false;
        if (e.type === 'file' && !within(limits.size, e.size)) return false;
        return picked(basename(e.path)) && within(limits.age, limits.now - e[a.age_stamp]);
      });
  });
}

/** Whether the content of a file is what is searched for. */
function contentPick(a: FindWish, texts: ReadAnswer | undefined): (path: string) => boolean {
  const source = containedIn(a);
  if (source === undefined) return () => true;
  const regex = textPattern(source);
  const known = texts ? textsOf(texts) : new Map<string, string>();
  return (path) => {
    const text = known.get(path);
    if (text === undefined) return false;
    if (a.read_whole_file) return regex.search(text) !== undefined;
    return text.split(/(?<=\n)/).some((line) => line !== '' && regex.search(line)?.index === 0);
  };
}

function skippedPaths(a: FindWish, trees: readonly TreeAnswer[]): JsonObject {
  const reasons = trees.flatMap((answer, i) => {
    const p = String(a.paths[i]);
    if (answer.entries[0]?.type === 'directory') return [];
    return [[p, `'${p}' is not a directory`]];
  });
  return Object.fromEntries(reasons);
}

/** Gives what was found. */
export function planFind(a: FindWish, facts: FindFacts): Plan {
  const limits = measures(a, facts.now);
  if (typeof limits === 'string')
    return failed(`failed to process ${limits}`, { [limits]: a[limits as 'age' | 'size'] ?? null });
  const read = new Map(facts.files?.map((f) => [f.path, f]));
  const picked = contentPick(a, facts.texts);
  const files = candidates(a, facts)
    .filter((e) => picked(e.path))
    .map((e) => found(e, read.get(e.path)));
  const skipped_paths = skippedPaths(a, facts.trees);
  const reasons = Object.entries(skipped_paths);
  const warnings = reasons.map(([p, why]) => `Skipped '${p}' path due to this access issue: ${why}\n`);
  const msg = reasons.length ? 'Not all paths examined, check warnings for details' : 'All paths examined';
  const examined = facts.trees.reduce((sum, t) => sum + Math.max(0, t.entries.length - 1), 0);
  const result = { files, matched: files.length, examined, msg, skipped_paths };
  return ok('paths were searched', warnings.length ? { ...result, warnings } : result);
}
