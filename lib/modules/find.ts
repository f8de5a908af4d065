import { path, readScript, tree } from '../node/queries/query.js';
import { WishError } from './file-attributes.js';
import { literalOf, searchFor } from './find/content.js';
import { findArgs } from './find/find-args.js';
import { candidates, containedIn, measures, planFind } from './find/plan-find.js';
import { defineModule } from './module.js';
import { failed } from './plan.js';

/** Files above this many bytes are not searched for `contains`. */
const LIMIT = 16 << 20;

/** Finds files, folders and links by name, age, size and content. */
export const find = defineModule({
  name: 'find',
  summary: 'Lists files and folders by name, age, size, type or content.',
  args: findArgs,
  tells: true,
  returns: {
    files: 'What matched: path, mode, owner, times and kind of each, as stat gives them.',
    matched: 'How many matched.',
    examined: 'How many were looked at.',
    skipped_paths: 'Paths that could not be searched, each with the reason.',
  },
  examples: `- ansible.builtin.find:
    paths: /var/log
    patterns: '*.gz'
    age: 4w
    recurse: true
`,
  queries: (a) => {
    // The level below the deepest one is looked at, too, and counts as examined.
    const depth = a.recurse ? (a.depth ? a.depth + 1 : undefined) : 1;
    const roots = a.paths.map((p) => String(p).replace(/(.)\/+$/, '$1'));
    return {
      trees: roots.map((p) => tree(p, { follow: a.follow, depth, inside: true })),
      links: a.follow ? roots.map((p) => tree(p, { depth, inside: true })) : undefined,
      now: a.age === undefined ? undefined : readScript('date +%s.%N'),
    };
  },
  more: (a, { trees, links, now }) => {
    const contained = containedIn(a);
    if ((!a.get_checksum && contained === undefined) || typeof measures(a, now) === 'string')
      return undefined;
    try {
      const files = candidates(a, { trees, links, now }).filter((e) => e.type === 'file');
      const small = files.filter((e) => e.size <= LIMIT).map((e) => e.path);
      return {
        files: a.get_checksum
          ? files.map((e) => path(e.path, { checksum: 'sha1', follow: true }))
          : undefined,
        texts: contained === undefined ? undefined : searchFor(small, literalOf(contained)),
      };
    } catch (error) {
      if (error instanceof WishError) return undefined;
      throw error;
    }
  },
  plan: (a, answers) => {
    try {
      return planFind(a, answers);
    } catch (error) {
      if (error instanceof WishError) return failed(error.message);
      throw error;
    }
  },
});
