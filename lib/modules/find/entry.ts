import type { PathAnswer, PathState } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import { modeText } from '../file-attributes.js';
import { bits, kinds } from '../stat/fields.js';

/** What find's result says of one match. */
export function found(e: PathState, file: PathAnswer | undefined): JsonObject {
  const { uid, gid, size, ino: inode, dev, nlink, atime, mtime, ctime } = e;
  const out: JsonObject = {
    path: e.path,
    mode: modeText(e.mode),
    ...kinds(e.type),
    ...{ uid, gid, size, inode, dev, nlink, atime, mtime, ctime },
    gr_name: e.group,
    pw_name: e.owner,
    ...bits(e.mode),
  };
  if (file?.exists && file.checksum !== undefined && e.type === 'file') out.checksum = file.checksum;
  return out;
}
