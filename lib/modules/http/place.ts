import type { Action } from '../../node/actions/action.js';
import type { Content } from '../../node/content.js';
import { type PathAnswer, path } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import {
  attributeChange,
  type FileWishes,
  NEW_FILE,
  newAttributes,
  pathFields,
  setAttributes,
} from '../file-attributes.js';
import type { RunInfo } from '../module.js';
import { probed } from '../probed-file.js';

/** Where a download goes. */
export type Download = FileWishes & {
  readonly dest: string;
  readonly backup?: boolean;
  readonly unsafe_writes?: boolean;
};

/** A path of the node, with its sha1. */
export async function lookAt(info: RunInfo, file: string): Promise<PathAnswer> {
  const [answer] = await info.node.ask([path(file, { follow: true, checksum: 'sha1' })], info.become);
  if (answer?.kind !== 'path') throw new Error(`cannot look at ${file}`);
  return answer;
}

/** Puts content in place when it differs, and sets attributes; nothing is left half written. Throws with the node's words. */
export async function place(
  info: RunInfo,
  wish: Download,
  now: PathAnswer,
  content: Content | undefined,
): Promise<{ readonly changed: boolean; readonly fields: JsonObject; readonly backup?: string }> {
  const existing = now.exists ? attributeChange(wish, now) : undefined;
  const actions: Action[] =
    content === undefined
      ? existing
        ? setAttributes(wish.dest, existing)
        : []
      : [
          {
            kind: 'write',
            path: wish.dest,
            content,
            expect: probed(now),
            attributes: existing?.attributes ?? newAttributes(wish, NEW_FILE),
            backup: now.exists && wish.backup,
            unsafe: wish.unsafe_writes,
          },
        ];
  if (actions.length === 0) return { changed: false, fields: pathFields(now) };
  const done = await info.node.apply(actions, [path(wish.dest, { follow: true })], info.become);
  if (done.failed !== undefined)
    throw new Error(
      `failed to write ${wish.dest}: ${done.outcomes[done.failed]?.stderr.toString('utf8').trim()}`,
    );
  const after = done.answers[0];
  const fields = after?.kind === 'path' ? pathFields(after) : {};
  return { changed: true, fields, backup: done.outcomes[0]?.backup };
}
