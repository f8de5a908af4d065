import type { ArgSpec, ArgsOf } from '../args.js';
import { fileArgs } from '../file-attributes.js';

/** The copy module's arguments. */
export const copyArgs = {
  src: {
    type: 'path',
    doc: 'A file or folder of the controller (of the node with remote_src); with a slash at the end, what is in the folder.',
  },
  content: {
    type: 'raw',
    hidden: true,
    doc: 'What should be in the file, instead of src; lists and dicts are written as JSON.',
  },
  dest: {
    type: 'path',
    required: true,
    doc: 'Where to put it; a slash at the end says that it is a folder.',
  },
  ...fileArgs,
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  force: { type: 'bool', default: true, aliases: ['thirsty'], doc: 'Replace a file that is there already.' },
  follow: { type: 'bool', default: false, doc: 'Write to what a link at dest leads to.' },
  local_follow: { type: 'bool', doc: 'Copy what links in src lead to (the default on the controller).' },
  directory_mode: { type: 'raw', doc: 'Permissions of folders that are made.' },
  remote_src: { type: 'bool', default: false, doc: 'src is on the node.' },
  checksum: { type: 'str', doc: 'sha1 that the file must have.' },
  decrypt: { type: 'bool', default: true, doc: 'Open a file that is encrypted with vault.' },
  validate: {
    type: 'str',
    doc: 'A command that checks the new file before it is put in place; %s stands for it.',
  },
} as const satisfies ArgSpec;

/** Their values. */
export type CopyArgs = ArgsOf<typeof copyArgs>;

/** The same, with a src. */
export type WithSrc = CopyArgs & { readonly src: string };

/** True when src is given, and not content. */
export function hasSrc(a: CopyArgs): a is WithSrc {
  return a.src !== undefined && a.src !== '';
}
