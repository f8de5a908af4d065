import type { ArgSpec } from '../args.js';

/** Arguments of find. */
export const findArgs = {
  paths: {
    type: 'list',
    elements: 'str',
    required: true,
    aliases: ['name', 'path'],
    doc: 'The folders to search.',
  },
  patterns: {
    type: 'list',
    elements: 'str',
    default: [],
    aliases: ['pattern'],
    doc: 'Shell patterns, or with use_regex regular expressions, of which the name must match one.',
  },
  excludes: {
    type: 'list',
    elements: 'str',
    aliases: ['exclude'],
    doc: 'Patterns of names to leave out, in the same form.',
  },
  contains: { type: 'str', doc: 'A regular expression that a line of the file must match from its start.' },
  read_whole_file: { type: 'bool', default: false, doc: 'Search the whole file instead of its lines.' },
  file_type: {
    type: 'str',
    default: 'file',
    choices: ['any', 'directory', 'file', 'link'],
    doc: 'The kind to find.',
  },
  age: { type: 'str', doc: 'At least so old (s, m, h, d, w behind the number); negative: at most.' },
  age_stamp: {
    type: 'str',
    default: 'mtime',
    choices: ['atime', 'ctime', 'mtime'],
    doc: 'The time that age looks at.',
  },
  size: { type: 'str', doc: 'At least so big (b, k, m, g, t behind the number); negative: at most.' },
  recurse: { type: 'bool', default: false, doc: 'Search folders in folders, too.' },
  hidden: { type: 'bool', default: false, doc: 'Find names that begin with a dot, too.' },
  follow: { type: 'bool', default: false, doc: 'Search folders that links lead to.' },
  get_checksum: { type: 'bool', default: false, doc: 'Give the sha1 of each file.' },
  use_regex: { type: 'bool', default: false, doc: 'patterns and excludes are regular expressions.' },
  depth: { type: 'int', doc: 'How many levels of folders to search; without it all.' },
} as const satisfies ArgSpec;
