import { basename, join } from 'node:path/posix';
import type { Action, Attributes } from '../../node/actions/action.js';
import type { Content } from '../../node/content.js';
import type { PathAnswer } from '../../node/queries/query.js';
import type { Json, JsonObject } from '../../values/json.js';
import {
  attributeChange,
  type FileWishes,
  NEW_DIRECTORY,
  newAttributes,
  setAttributes,
  stateOf,
  WishError,
} from '../file-attributes.js';
import { makeFolders, missingFolders } from '../folders.js';
import type { PlanInfo } from '../module.js';
import { change, type Diff, failed, ok, type Plan } from '../plan.js';
import { planWrite } from '../write-file.js';
import type { CopyArgs } from './arguments.js';

/** One thing to copy: `relative` to the folder it goes into. `wishes` replace the task's own mode. */
export type Item = {
  readonly relative: string;
  readonly type: 'file' | 'directory' | 'link';
  readonly sha1: string;
  readonly size: number;
  readonly mode?: Json;
  readonly target?: string;
  readonly content?: Content;
  /** Where it is on the node, when it comes from there. */
  readonly node?: string;
  readonly from: string;
};

/** The folder that items go into: dest itself for a src with a slash at its end. */
export function rootFor(dest: string, src: string): string {
  return src.endsWith('/') ? dest.replace(/(?<=.)\/+$/, '') : join(dest, basename(src));
}

type Step = { readonly actions: readonly Action[]; readonly diff: readonly Diff[] };
const NOTHING: Step = { actions: [], diff: [] };

function folderStep(path: string, wishes: FileWishes, found: PathAnswer): Step | string {
  if (!found.exists) {
    const attributes: Attributes = newAttributes(wishes, NEW_DIRECTORY);
    return {
      actions: [{ kind: 'mkdir', path, parents: false, attributes }],
      diff: [{ before: { path, state: 'absent' }, after: { path, state: 'directory' } }],
    };
  }
  if (found.type !== 'directory') return `${path} already exists as a ${stateOf(found)}`;
  const own = attributeChange(wishes, found);
  const diff = { before: { path, ...own.before }, after: { path, ...own.after } };
  return own.changed ? { actions: setAttributes(path, own), diff: [diff] } : NOTHING;
}

function linkStep(path: string, args: CopyArgs, item: Item, found: PathAnswer): Step | string {
  const same = found.exists && found.type === 'link' && found.target === item.target;
  if (same) return NOTHING;
  if (found.exists && found.type === 'directory')
    return `refusing to convert from directory to symlink for ${path}`;
  const { owner, group } = args;
  return {
    actions: [{ kind: 'link', path, target: item.target ?? '', hard: false, attributes: { owner, group } }],
    diff: [{ before: { path, state: stateOf(found) }, after: { path, state: 'link', src: item.target } }],
  };
}

function fileStep(
  path: string,
  args: CopyArgs,
  item: Item,
  found: PathAnswer,
  info: PlanInfo,
): Step | string {
  if (found.exists && found.type === 'directory') return `${path} already exists as a directory`;
  const { sha1, size, from, node } = item;
  const content = item.content ?? ({ kind: 'bytes', data: new Uint8Array() } as const);
  const place = { path, link: found, file: found, parent: found };
  const wishes = { ...args, mode: item.mode, follow: false };
  // The folder is made by an earlier step, so its absence is no reason to refuse.
  const plan = planWrite(
    wishes,
    place,
    { content, sha1, size, from, node },
    { ...info, check: true, pending: true },
  );
  if (plan.kind === 'failed') return plan.msg;
  return plan.kind === 'change' ? plan : NOTHING;
}

function stepFor(args: CopyArgs, root: string, item: Item, found: PathAnswer, info: PlanInfo): Step | string {
  const path = join(root, item.relative);
  if (item.type === 'link') return linkStep(path, args, item, found);
  if (item.type === 'file') return fileStep(path, args, item, found, info);
  const { owner, group, attributes } = args;
  return folderStep(path, { owner, group, attributes, mode: item.mode }, found);
}

/** What a tree copy needs to know: every item's place on the node, and which folders above the root exist. */
export type TreeCase = {
  readonly root: string;
  readonly items: readonly Item[];
  readonly found: readonly PathAnswer[];
  readonly above: readonly PathAnswer[];
  readonly result: JsonObject;
};

/** Plans a whole tree: folders, files and links that differ; what else is in the folders stays. */
export function planTree(args: CopyArgs, tree: TreeCase, info: PlanInfo): Plan {
  try {
    const { owner, group, directory_mode: mode } = args;
    const attributes = newAttributes({ owner, group, mode }, NEW_DIRECTORY);
    const outer = missingFolders(join(tree.root, '..'), tree.above);
    const actions: Action[] = makeFolders(outer, attributes);
    const diff: Diff[] = [];
    for (const [i, item] of tree.items.entries()) {
      const step = stepFor(args, tree.root, item, tree.found[i]!, info);
      if (typeof step === 'string') return failed(step, tree.result);
      actions.push(...step.actions);
      diff.push(...step.diff);
    }
    if (actions.length === 0) return ok('everything is there', tree.result);
    return change('tree differs', actions, { result: tree.result, diff });
  } catch (error) {
    if (!(error instanceof WishError)) throw error;
    return failed(error.message, tree.result);
  }
}
