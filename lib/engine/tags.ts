import type { RunOptions } from './options.js';

/**
 * Whether a task with these tags runs: `--tags` (all, tagged, untagged, names), `--skip-tags`, and the special tags
 * `always` and `never`, as Ansible defines them.
 */
export function tagged(tags: ReadonlySet<string>, options: Pick<RunOptions, 'tags' | 'skipTags'>): boolean {
  const { tags: only, skipTags: skip } = options;
  const own = tags.size > 0 ? tags : new Set(['untagged']);
  return wanted(own, new Set(only.length > 0 ? only : ['all'])) && !unwanted(own, new Set(skip));
}

const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((x) => b.has(x));
const isTagged = (own: ReadonlySet<string>): boolean => !own.has('untagged');

function wanted(own: ReadonlySet<string>, only: ReadonlySet<string>): boolean {
  if (own.has('always')) return true;
  if (meet(own, only)) return true;
  if (only.has('all') && !own.has('never')) return true;
  return only.has('tagged') && isTagged(own) && !own.has('never');
}

function unwanted(own: ReadonlySet<string>, skip: ReadonlySet<string>): boolean {
  if (skip.size === 0) return false;
  if (skip.has('all')) return !own.has('always') || skip.has('always');
  return meet(own, skip) || (skip.has('tagged') && isTagged(own));
}
