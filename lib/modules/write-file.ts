import { createHash } from 'node:crypto';
import { dirname } from 'node:path/posix';
import type { Action, Expect } from '../node/actions/action.js';
import type { Content } from '../node/content.js';
import { type PathAnswer, type PathQuery, path } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { explainWrite } from './edit/plan-edit.js';
import {
  attributeChange,
  type FileWishes,
  NEW_FILE,
  newAttributes,
  pathFields,
  setAttributes,
  WishError,
} from './file-attributes.js';
import type { PlanInfo } from './module.js';
import { mayComeLater } from './pending.js';
import { change, type Diff, failed, ok, type Plan } from './plan.js';

/** Bytes above which Ansible shows no diff. */
const DIFF_LIMIT = 104448;

/** Arguments of every module that puts whole files in place. */
export type WriteArgs = FileWishes & {
  readonly backup: boolean;
  readonly force: boolean;
  readonly follow: boolean;
  readonly validate?: string;
  readonly unsafe_writes: boolean;
};

/** Where a file goes: the path itself, what it leads to, and its folder. */
export type Place = {
  readonly path: string;
  readonly link: PathAnswer;
  readonly file: PathAnswer;
  readonly parent: PathAnswer;
};

/** What should be in the file. `from` names it in the diff; `node` is set when it is copied on the node itself. */
export type Fresh = {
  readonly content: Content;
  readonly sha1: string;
  readonly size: number;
  readonly from: string;
  readonly node?: string;
};

/** The query about a part of a tree; contents are only asked for where a diff is shown. */
export function partQuery(p: string, follow: boolean, args: FileWishes, info: PlanInfo): PathQuery {
  const attributes = args.attributes !== undefined || undefined;
  const limit = info.diff ? DIFF_LIMIT : undefined;
  return path(p, { follow, checksum: 'sha1', content: info.diff, limit, attributes });
}

/** The queries about a path that may be written. */
export function placeQueries(
  p: string,
  args: FileWishes,
  info: PlanInfo,
): { [K in 'link' | 'file']: PathQuery } {
  const attributes = args.attributes !== undefined || undefined;
  return { link: path(p, { attributes }), file: partQuery(p, true, args, info) };
}

/** The path that is written: with `follow` a link's target. */
export function target(args: WriteArgs, { path: p, link, file }: Place): { path: string; state: PathAnswer } {
  const leads = link.exists && link.type === 'link';
  if (leads && args.follow && file.exists) return { path: link.realTarget ?? p, state: file };
  // A link that is not followed is replaced by a file.
  return { path: p, state: leads ? link : file };
}

/** Fields about the file, for results. */
export function placeReport(args: WriteArgs, place: Place): JsonObject {
  return pathFields(target(args, place).state);
}

function dataOf(content: Content): Uint8Array | undefined {
  return content.kind === 'bytes' ? content.data : undefined;
}

function readable(data: Uint8Array | undefined, size: number, which: string): string | { prepared: string } {
  if (size > DIFF_LIMIT) return { prepared: `diff skipped: ${which} size is greater than ${DIFF_LIMIT}\n` };
  if (data === undefined) return '';
  if (data.subarray(0, 8192).includes(0))
    return { prepared: `diff skipped: ${which} appears to be binary\n` };
  return Buffer.from(data).toString('utf8');
}

function contentDiff(p: string, state: PathAnswer, fresh: Fresh): Diff {
  const old = state.exists && state.type === 'file' ? state : undefined;
  const before = readable(old?.content, old?.size ?? 0, 'destination file');
  const after = readable(dataOf(fresh.content), fresh.size, 'source file');
  if (typeof before !== 'string') return before;
  if (typeof after !== 'string') return after;
  return { before, after, beforeHeader: old && p, afterHeader: fresh.from };
}

function refuse(args: WriteArgs, place: Place, info: PlanInfo): string | undefined {
  if (args.validate !== undefined && !args.validate.includes('%s'))
    return `validate must contain %s: ${args.validate}`;
  const folder = dirname(place.path);
  if (place.parent.exists || mayComeLater(info)) return undefined;
  return `Destination directory ${folder} does not exist`;
}

/** What must still be there when a file is put in place. */
export function expectation(state: PathAnswer): Expect {
  if (!state.exists) return { state: 'absent' };
  return { state: 'file', ino: state.ino, size: state.size, mtime: state.mtime };
}

function writeAction(args: WriteArgs, at: { path: string; state: PathAnswer }, fresh: Fresh): Action {
  const { path: p, state } = at;
  const replaced = state.exists && state.type === 'file' ? state : undefined;
  const attributes = replaced ? attributeChange(args, replaced).attributes : newAttributes(args, NEW_FILE);
  const { validate } = args;
  const keep = { backup: args.backup && state.exists, unsafe: args.unsafe_writes || undefined };
  const rest = { path: p, expect: expectation(state), attributes, validate, follow: args.follow, ...keep };
  if (fresh.node !== undefined) return { kind: 'copy', from: fresh.node, ...rest };
  return { kind: 'write', content: fresh.content, ...rest };
}

function digests(fresh: Fresh): JsonObject {
  const data = fresh.node === undefined ? dataOf(fresh.content) : undefined;
  if (data === undefined) return {};
  return { md5sum: createHash('md5').update(data).digest('hex') };
}

/** Plans a whole file: what is in it, and its attributes. `before` makes what must be there first. */
export function planWrite(
  args: WriteArgs,
  place: Place,
  fresh: Fresh,
  info: PlanInfo,
  result: JsonObject = {},
  before: readonly Action[] = [],
): Plan {
  const problem = before.length ? undefined : refuse(args, place, info);
  if (problem) return failed(problem, result);
  const at = target(args, place);
  const { state } = at;
  const common = { dest: at.path, ...result };
  if (state.exists && !args.force)
    return ok('file already exists', { ...common, msg: 'file already exists' });
  try {
    if (state.exists && state.type === 'file' && state.checksum === fresh.sha1)
      return settled(args, at.path, state, { ...common, path: at.path, checksum: fresh.sha1 });
    return change(
      state.exists ? 'content differs' : 'file is absent',
      [...before, writeAction(args, at, fresh)],
      {
        result: { ...common, checksum: fresh.sha1, ...digests(fresh) },
        diff: info.diff ? [contentDiff(at.path, state, fresh)] : [],
        after: (outcomes) => {
          const kept = outcomes.find((o) => o.backup !== undefined)?.backup;
          return kept === undefined ? {} : { backup_file: kept };
        },
        explain: (_, outcome) => explainWrite(outcome),
      },
    );
  } catch (error) {
    if (!(error instanceof WishError)) throw error;
    return failed(error.message, result);
  }
}

/** The content is right: only attributes are left to look at. */
function settled(
  args: WriteArgs,
  p: string,
  state: Extract<PathAnswer, { exists: true }>,
  result: JsonObject,
): Plan {
  const own = attributeChange(args, state);
  if (!own.changed) return ok('content and attributes are as wished', result);
  const diff = { before: { path: p, ...own.before }, after: { path: p, ...own.after } };
  return change('attributes differ', setAttributes(p, own), { result, diff: [diff] });
}
