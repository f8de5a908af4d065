import type { ArgSpec, ArgsOf } from '../args.js';
import { fileArgs } from '../file-attributes.js';

/** What archive takes. */
export const archiveArgs = {
  path: {
    type: 'list',
    elements: 'path',
    required: true,
    doc: 'Files and folders of the node; * and ? stand for names.',
  },
  format: {
    type: 'str',
    default: 'gz',
    choices: ['bz2', 'gz', 'tar', 'xz', 'zip'],
    doc: 'gz, bz2, xz: a compressed file, or a compressed tar of several; tar; zip.',
  },
  dest: {
    type: 'path',
    doc: 'The archive; for one file, the name of that file with the format when absent.',
  },
  exclude_path: { type: 'list', elements: 'path', default: [], doc: 'Paths to leave out of path.' },
  exclusion_patterns: {
    type: 'list',
    elements: 'path',
    doc: 'Shell patterns for names in the archive (with zip: full paths) that are left out.',
  },
  force_archive: {
    type: 'bool',
    default: false,
    doc: 'An archive also of one file, which else is only compressed.',
  },
  remove: { type: 'bool', default: false, doc: 'Remove what was put into the archive.' },
  ...fileArgs,
} as const satisfies ArgSpec;

/** Those arguments, checked. */
export type ArchiveArgs = ArgsOf<typeof archiveArgs>;
