import { dirname } from 'node:path/posix';
import { type PathAnswer, type PathState, path, type TreeAnswer, tree } from '../../node/queries/query.js';
import { modeText } from '../file-attributes.js';
import { type PlaceAnswers, placeOf } from '../file-place.js';
import { foldersAbove } from '../folders.js';
import type { PlanInfo } from '../module.js';
import { failed, type Plan } from '../plan.js';
import { planWrite } from '../write-file.js';
import type { WithSrc } from './arguments.js';
import { type Item, planTree, rootFor } from './copy-tree.js';
import { newFolders } from './new-folders.js';

/** What a copy on the node itself asks about src. */
export function nodeAsks(a: WithSrc) {
  return path(a.src, { follow: true, checksum: 'sha1' });
}

/** What it asks next when src is a folder: both trees, and the folders above. */
export function nodeTreeAsks(a: WithSrc, remote: PathAnswer) {
  if (!remote.exists || remote.type !== 'directory') return undefined;
  const root = rootFor(a.dest, a.src);
  return {
    remoteTree: tree(a.src.replace(/(?<=.)\/+$/, ''), { checksum: true, follow: a.local_follow ?? false }),
    destTree: tree(root, { checksum: true }),
    above: [...foldersAbove(root), dirname(root)].map((p) => path(p, { follow: true })),
  };
}

/** What is known of src and dest on the node. */
export type NodeAnswers = PlaceAnswers & {
  readonly remote?: PathAnswer;
  readonly remoteTree?: TreeAnswer;
  readonly destTree?: TreeAnswer;
  readonly above?: readonly PathAnswer[];
};

function itemOf(base: string, entry: PathState): Item {
  const type = entry.type === 'directory' || entry.type === 'link' ? entry.type : 'file';
  return {
    relative: entry.path.slice(base.length).replace(/^\/+/, ''),
    type,
    sha1: entry.checksum ?? '',
    size: entry.size,
    mode: modeText(entry.mode),
    target: entry.target,
    node: entry.path,
    from: entry.path,
  };
}

function planFolder(a: WithSrc, answers: NodeAnswers, info: PlanInfo): Plan {
  const base = a.src.replace(/(?<=.)\/+$/, '');
  const root = rootFor(a.dest, a.src);
  const there = new Map((answers.destTree?.entries ?? []).map((e) => [e.path, e]));
  const items = (answers.remoteTree?.entries ?? []).map((entry) => itemOf(base, entry));
  const found = items.map((item): PathAnswer => {
    const at = item.relative === '' ? root : `${root}/${item.relative}`;
    const state = there.get(at);
    return state ? { kind: 'path', exists: true, ...state } : { kind: 'path', exists: false, path: at };
  });
  const result = { dest: a.dest, src: a.src };
  return planTree(a, { root, items, found, above: answers.above ?? [], result }, info);
}

/** Plans a copy from the node to itself. */
export function planFromNode(a: WithSrc, name: string, answers: NodeAnswers, info: PlanInfo): Plan {
  const { remote } = answers;
  if (!remote?.exists) return failed(`Source ${a.src} not found`);
  if (remote.type === 'directory') return planFolder(a, answers, info);
  if (remote.type !== 'file') return failed(`Cannot copy invalid source '${a.src}': not a file`);
  const sha1 = remote.checksum;
  if (sha1 === undefined) return failed(`Source ${a.src} not readable`);
  if (a.checksum !== undefined && a.checksum !== sha1)
    return failed('Copied file does not match the expected checksum. Transfer failed.', {
      checksum: sha1,
      expected_checksum: a.checksum,
    });
  const mode = a.mode === 'preserve' ? modeText(remote.mode) : a.mode;
  const content = { kind: 'bytes', data: new Uint8Array() } as const;
  const fresh = { content, sha1, size: remote.size, from: a.src, node: a.src };
  const place = placeOf(a.dest, name, answers);
  const folders = newFolders(a, place.parent, answers.above);
  return planWrite({ ...a, mode }, place, fresh, info, { src: a.src }, folders);
}
