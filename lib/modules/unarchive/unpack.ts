import { join } from 'node:path/posix';
import type { Action } from '../../node/actions/action.js';
import { path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { needless } from '../command/run-command.js';
import { attributeChange, pathFields, setAttributes, WishError } from '../file-attributes.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { StepError } from '../steps.js';
import { type Archive, kindOf, type UnpackWish } from './kinds.js';
import { archiveOnNode, withFolder } from './source.js';
import { openTar } from './tar.js';
import { openZip } from './zip.js';

/** Sets owner, group and mode on everything that came out, and on the topmost folders; tells whether anything differed. */
async function setWishes(info: RunInfo, wish: UnpackWish, names: readonly string[]): Promise<boolean> {
  if (wish.owner === undefined && wish.group === undefined && wish.mode === undefined && !wish.attributes)
    return false;
  const tops = names.filter((n) => n.includes('/')).map((n) => n.split('/')[0]!);
  const all = [...new Set([...names, ...tops].map((n) => join(wish.dest, n).replace(/(.)\/$/, '$1')))];
  const attributes = wish.attributes !== undefined || undefined;
  const answers = await info.node.ask(
    all.map((p) => path(p, { attributes })),
    info.become,
  );
  const actions = answers.flatMap((answer): Action[] => {
    if (answer.kind !== 'path' || !answer.exists) return [];
    return setAttributes(answer.path, attributeChange(wish, answer));
  });
  if (info.check || actions.length === 0) return actions.length > 0;
  const done = await info.node.apply(actions, [], info.become);
  if (done.failed !== undefined)
    throw new StepError(
      `Unexpected error when accessing exploded file: ${done.outcomes.at(-1)?.stderr ?? ''}`,
    );
  return true;
}

async function unpackInto(
  info: RunInfo,
  wish: UnpackWish,
  archive: Archive,
  base: JsonObject,
): Promise<ModuleResult> {
  const result: JsonObject = { ...base };
  if (archive.differs && !info.check) {
    const done = await archive.extract();
    result.extract_results = done;
    info.did(`${done.rc === 0 ? 'unpacked' : 'began to unpack'} into ${wish.dest}`);
    if (done.rc !== 0) throw new StepError(`failed to unpack ${String(base.src)} to ${wish.dest}`, result);
  }
  const set = await setWishes(info, wish, archive.names);
  if (wish.list_files) result.files = [...archive.names];
  info.node.forget();
  const [dest] = await info.node.ask([path(wish.dest, { follow: true })], info.become);
  const fields = dest?.kind === 'path' ? pathFields(dest) : {};
  return { ...result, ...fields, changed: archive.differs || set };
}

/** Unpacks the archive unless everything is as in it; a StepError ends it. */
export async function unpack(info: RunInfo, given: UnpackWish): Promise<ModuleResult> {
  const wish = { ...given, remote_src: given.remote_src || !given.copy };
  const { creates, dest } = wish;
  if (await needless(info, { creates, removes: undefined, chdir: undefined }))
    return { changed: false, skipped: true, msg: `skipped, since ${creates} exists` };
  const [folder] = await info.node.ask([path(dest, { follow: true })], info.become);
  if (folder?.kind !== 'path' || !folder.exists || folder.type !== 'directory') {
    // In check mode an earlier task may yet make it.
    if (info.check && info.pending) return { changed: true, dest, src: wish.src };
    throw new StepError(`dest '${dest}' must be an existing dir`);
  }
  try {
    return await withFolder(info, async (temporary) => {
      const src = await archiveOnNode(info, wish, temporary);
      const kind = await kindOf(info, src);
      const archive = kind.zip ? await openZip(info, wish, src) : await openTar(info, wish, kind, src);
      return unpackInto(info, wish, archive, { handler: kind.handler, dest, src });
    });
  } catch (error) {
    if (error instanceof WishError) throw new StepError(error.message);
    throw error;
  }
}
