import { dirname } from 'node:path/posix';
import type { Action } from '../../node/actions/action.js';
import { type PathAnswer, path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { attributeChange, NEW_FILE, newAttributes, pathFields, setAttributes } from '../file-attributes.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { probed } from '../probed-file.js';
import { StepError, step } from '../steps.js';
import { withFolder } from '../unarchive/source.js';
import type { ArchiveArgs } from './archive-args.js';
import { makeArchive, sameContent } from './make.js';
import { membersOf } from './members.js';
import { type Sources, sourcesOf } from './sources.js';

async function look(info: RunInfo, a: ArchiveArgs, p: string): Promise<PathAnswer> {
  info.node.forget();
  const attributes = a.attributes !== undefined || undefined;
  const [found] = await info.node.ask([path(p, { follow: true, attributes })], info.become);
  return found as PathAnswer;
}

async function perform(info: RunInfo, actions: readonly Action[], dest: string): Promise<void> {
  const done = await info.node.apply(actions, [], info.become);
  if (done.failed === undefined) return;
  throw new StepError(`Error when writing ${dest}: ${done.outcomes.at(-1)?.stderr ?? ''}`);
}

/** Puts the archive in its place where it differs; gives owner, group and mode; tells whether anything changed. */
async function place(
  info: RunInfo,
  a: ArchiveArgs,
  made: string | undefined,
  dest: string,
): Promise<boolean> {
  const now = await look(info, a, dest);
  const same =
    made === undefined ||
    (now.exists && now.type === 'file' && (await sameContent(info, a.format, dest, made)));
  const own = now.exists ? attributeChange(a, now) : undefined;
  const changed = !same || (own?.changed ?? false);
  if (info.check || !changed) return changed;
  const attributes = own ? own.attributes : newAttributes(a, NEW_FILE);
  const actions: Action[] =
    same && own
      ? setAttributes(dest, own)
      : [{ kind: 'copy', from: made!, path: dest, expect: probed(now), attributes }];
  await perform(info, actions, dest);
  info.did(`wrote ${dest}`);
  return changed;
}

function stateOf(from: Sources, dest: PathAnswer): string {
  if (from.found.length === 0) {
    if (!dest.exists) return 'absent';
    return /\.(tar|tar\.(gz|bz2|xz)|tgz|tbz2|zip)$/i.test(from.dest) ? 'archive' : 'compress';
  }
  if (from.several) return from.missing.length > 0 ? 'incomplete' : 'archive';
  return 'compress';
}

async function removed(info: RunInfo, from: Sources): Promise<boolean> {
  const gone = await step(info, ['rm', '-rf', '--', ...from.found]);
  if (gone.rc !== 0)
    throw new StepError(`Error deleting some source files: ${gone.err.trim()}`, { dest: from.dest });
  return true;
}

function fieldsOf(a: ArchiveArgs, from: Sources, archived: readonly string[], dest: PathAnswer): JsonObject {
  const single = !from.several && (a.format === 'zip' || a.format === 'tar') && from.found.length > 0;
  const state = single ? 'archive' : stateOf(from, dest);
  return {
    archived: [...archived],
    dest: from.dest,
    dest_state: state,
    arcroot: from.root,
    missing: [...from.missing],
    expanded_paths: [...from.expanded],
    expanded_exclude_paths: [...from.excluded],
    ...pathFields(dest),
  };
}

/** Makes the archive beside, and puts it in place where it holds something else than what is there. */
export async function archiveFiles(info: RunInfo, a: ArchiveArgs): Promise<ModuleResult> {
  const from = await sourcesOf(info, a);
  const none = from.found.length === 0;
  const members = none ? [] : await membersOf(info, a, from);
  const folder = await look(info, a, dirname(from.dest));
  if (!none && !folder.exists) {
    if (info.check && info.pending) return { changed: true, ...fieldsOf(a, from, members, folder) };
    throw new StepError(`Error when writing ${from.dest}: its folder does not exist`);
  }
  const changed = none
    ? (await look(info, a, from.dest)).exists && (await place(info, a, undefined, from.dest))
    : await withFolder(info, async (temporary) => {
        const made = `${temporary}/archive`;
        await makeArchive(info, a, from, members, made);
        return place(info, a, made, from.dest);
      });
  const emptied = a.remove && !none && !info.check ? await removed(info, from) : false;
  const dest = await look(info, a, from.dest);
  return { changed: changed || emptied || (a.remove && !none), ...fieldsOf(a, from, members, dest) };
}
