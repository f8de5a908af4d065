import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path/posix';
import { type PathAnswer, path } from '../../node/queries/query.js';
import { fromJson } from '../../values/convert.js';
import type { Json } from '../../values/json.js';
import { str } from '../../values/print.js';
import { modeText } from '../file-attributes.js';
import { type PlaceAnswers, placeOf } from '../file-place.js';
import { foldersAbove } from '../folders.js';
import type { PlanInfo } from '../module.js';
import { failed, type Plan } from '../plan.js';
import type { TreeEntry, TreeSourceAnswer } from '../source.js';
import { type Fresh, partQuery, planWrite } from '../write-file.js';
import type { CopyArgs, WithSrc } from './arguments.js';
import { type Item, planTree, rootFor } from './copy-tree.js';
import { jsonText } from './json-text.js';
import { newFolders } from './new-folders.js';

/** The bytes that `content` stands for. */
export function contentBytes(content: Json): Buffer {
  const tree = typeof content === 'object' && content !== null;
  return Buffer.from(tree ? jsonText(content) : str(fromJson(content)), 'utf8');
}

/** Where Ansible's copy says that it had written `content` first; the file is as gone here as it is there. */
const CONTENT_SRC = '.ansible/tmp/source';

/** Plans `content` or one file of the controller. */
export function planOne(
  a: CopyArgs,
  name: string,
  answers: PlaceAnswers & { readonly above?: readonly PathAnswer[] },
  fresh: Fresh & { readonly mode?: number; readonly src?: string },
  info: PlanInfo,
): Plan {
  if (a.checksum !== undefined && a.checksum !== fresh.sha1)
    return failed('Copied file does not match the expected checksum. Transfer failed.', {
      checksum: fresh.sha1,
      expected_checksum: a.checksum,
    });
  const place = placeOf(a.dest, name, answers);
  const mode = a.mode === 'preserve' && fresh.mode !== undefined ? modeText(fresh.mode) : a.mode;
  const folders = newFolders(a, place.parent, answers.above);
  const result = fresh.src === undefined ? {} : { src: fresh.src };
  const plan = planWrite({ ...a, mode }, place, fresh, info, result, folders);
  if (plan.kind !== 'change' || fresh.src !== undefined || info.check) return plan;
  return { ...plan, result: { ...plan.result, src: CONTENT_SRC } };
}

/** `content` as what should be in the file. Ansible keeps it in a file of its own, whose mode `preserve` then means. */
export function fromContent(a: CopyArgs): Fresh & { readonly mode: number } {
  const data = contentBytes(a.content ?? '');
  const sha1 = createHash('sha1').update(data).digest('hex');
  return { content: { kind: 'bytes', data }, sha1, size: data.length, from: a.dest, mode: 0o600 };
}

/** A file of the controller as what should be in the file; a text says why it cannot be. */
export function fromEntry(
  source: Extract<TreeSourceAnswer, { found: true }>,
): (Fresh & { readonly mode: number; readonly src: string }) | string {
  const entry = source.entries[0];
  if (entry?.type !== 'file' || !entry.content) return `${source.path} is a link that leads nowhere`;
  const { content, sha1, size, mode } = entry;
  return { content, sha1, size, from: source.path, mode, src: source.path };
}

function itemOf(a: CopyArgs, root: string, entry: TreeEntry): Item {
  const file = a.mode === 'preserve' ? modeText(entry.mode) : a.mode;
  // The folder itself is one of those that are copied, unless only what is in it was meant.
  const only = entry.relative === '' && (a.src ?? '').endsWith('/');
  const mode = entry.type === 'file' ? file : only ? undefined : a.directory_mode;
  return { ...entry, mode, from: join(root, entry.relative) };
}

/** What a tree copy asks of the node once the tree is known. */
export function treeAsks(a: WithSrc, source: TreeSourceAnswer, info: PlanInfo) {
  if (!source.found) return undefined;
  const root = rootFor(a.dest, a.src);
  return {
    found: source.entries.map((e) => partQuery(join(root, e.relative), e.relative === '', a, info)),
    above: [...foldersAbove(root), dirname(root)].map((p) => path(p, { follow: true })),
  };
}

/** Plans a folder of the controller with everything in it. */
export function planFolder(
  a: WithSrc,
  source: TreeSourceAnswer,
  answers: { readonly found?: readonly PathAnswer[]; readonly above?: readonly PathAnswer[] },
  info: PlanInfo,
): Plan {
  if (!source.found) return failed(source.msg);
  const root = rootFor(a.dest, a.src);
  const items = source.entries.map((entry) => itemOf(a, source.path, entry));
  const { found = [], above = [] } = answers;
  // A tree goes into a folder, and the result says so.
  const dest = a.dest.endsWith('/') ? a.dest : `${a.dest}/`;
  return planTree(a, { root, items, found, above, result: { dest, src: source.path } }, info);
}

/** The name a file gets in a folder. */
export function nameOf(a: CopyArgs): string {
  return basename(a.src ?? a.dest);
}
