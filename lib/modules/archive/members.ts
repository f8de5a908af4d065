import type { RunInfo } from '../module.js';
import { patternRegex } from '../shell-pattern.js';
import { mustStep } from '../steps.js';
import type { ArchiveArgs } from './archive-args.js';
import type { Sources } from './sources.js';

/** Full paths of all that goes into an archive of several: files themselves, and what is in folders, in order of names. */
export async function membersOf(info: RunInfo, a: ArchiveArgs, from: Sources): Promise<string[]> {
  const folders = from.found.filter((p) => from.folders.includes(p));
  const files = from.found.filter((p) => !from.folders.includes(p));
  const words = ['find', '-H', ...folders, '-mindepth', '1', '-print0'];
  const below = folders.length === 0 ? [] : (await mustStep(info, words)).out.split('\0').filter(Boolean);
  const patterns = (a.exclusion_patterns ?? []).map((p) => patternRegex(String(p)));
  const nameOf = (path: string) => (a.format === 'zip' ? path : withoutRoot(path, from.root));
  return [...new Set([...files, ...below])]
    .filter((path) => path !== from.dest && !patterns.some((p) => p.test(nameOf(path))))
    .sort();
}

/** A path as the archive names it. */
export function withoutRoot(path: string, root: string): string {
  return path.startsWith(root) ? path.slice(root.length) : path;
}
