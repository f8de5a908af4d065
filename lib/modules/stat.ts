import { type PathState, path } from '../node/queries/query.js';
import type { JsonObject } from '../values/json.js';
import { modeText } from './file-attributes.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { bits, kinds } from './stat/fields.js';

/** lsattr's letters by the names that results give them. */
const FLAGS: Readonly<Record<string, string>> = {
  A: 'noatime',
  a: 'append',
  c: 'compressed',
  C: 'nocow',
  d: 'nodump',
  D: 'dirsync',
  e: 'extents',
  E: 'encrypted',
  h: 'blocksize',
  i: 'immutable',
  I: 'indexed',
  j: 'journalled',
  N: 'inline',
  s: 'zero',
  S: 'synchronous',
  t: 'notail',
  T: 'blockroot',
  u: 'undelete',
  X: 'compressedraw',
  Z: 'compresseddirty',
};

function details(s: PathState): JsonObject {
  const out: JsonObject = {};
  const { blocks, blockSize, deviceType, version } = s;
  Object.assign(out, { blocks, block_size: blockSize, device_type: deviceType, version });
  Object.assign(out, { readable: s.readable, writeable: s.writeable, executable: s.executable });
  Object.assign(out, { checksum: s.checksum, mimetype: s.mimeType, charset: s.charset });
  if (s.owner) out.pw_name = s.owner;
  if (s.group) out.gr_name = s.group;
  if (s.target !== undefined) Object.assign(out, { lnk_target: s.target, lnk_source: s.realTarget });
  if (s.attributes !== undefined) {
    out.attr_flags = s.attributes.replaceAll('-', '');
    out.attributes = [...out.attr_flags].flatMap((flag) => FLAGS[flag] ?? []);
  }
  return out;
}

/** Reads the status of a file. */
export const stat = defineModule({
  name: 'stat',
  summary: 'Tells what is known of a file: type, owner, mode, times, checksum.',
  args: {
    path: { type: 'path', required: true, aliases: ['dest', 'name'], doc: 'The path to look at.' },
    follow: { type: 'bool', default: false, doc: 'Look through a link.' },
    get_checksum: { type: 'bool', default: true, doc: 'Hash regular files.' },
    checksum_algorithm: {
      type: 'str',
      default: 'sha1',
      choices: ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'],
      aliases: ['checksum', 'checksum_algo'],
      doc: 'How to hash.',
    },
    get_mime: {
      type: 'bool',
      default: true,
      aliases: ['mime', 'mime_type', 'mime-type'],
      doc: 'Ask file(1), where it is installed, for the kind of content.',
    },
    get_attributes: {
      type: 'bool',
      default: true,
      aliases: ['attr', 'attributes'],
      doc: 'Ask lsattr for flags.',
    },
  },
  tells: true,
  returns: { stat: 'exists, and for what exists everything that stat(2) knows of it.' },
  examples: `- ansible.builtin.stat:
    path: /etc/app.conf
  register: conf
`,
  queries: (args) => ({
    file: path(args.path, {
      follow: args.follow,
      checksum: args.get_checksum ? args.checksum_algorithm : undefined,
      mime: args.get_mime || undefined,
      attributes: args.get_attributes || undefined,
    }),
  }),
  plan: (args, { file }) => {
    if (!file.exists && file.error) return failed(file.error);
    if (!file.exists) return ok('path is absent', { stat: { exists: false } });
    const { uid, gid, size, ino: inode, dev, nlink, atime, mtime, ctime } = file;
    const common = { exists: true, path: args.path, mode: modeText(file.mode) };
    const numbers = { uid, gid, size, inode, dev, nlink, atime, mtime, ctime };
    // What `file` and `lsattr` do not say of a path is unknown, or nothing.
    const mime = args.get_mime ? { mimetype: 'unknown', charset: 'unknown' } : {};
    const flags = args.get_attributes ? { attr_flags: '', attributes: [] } : {};
    const known = Object.entries(details(file)).filter(([, value]) => value !== undefined);
    const kind = { ...kinds(file.type), ...mime, ...flags };
    const all = { ...common, ...kind, ...numbers, ...bits(file.mode), ...Object.fromEntries(known) };
    return ok('path was looked at', { stat: all });
  },
});
