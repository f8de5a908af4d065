import type { ArgSpec } from '../args.js';
import { fileArgs } from '../file-attributes.js';

/** The file module's own arguments. */
export const fileModuleArgs = {
  path: { type: 'path', required: true, aliases: ['dest', 'name'], doc: 'The path to manage.' },
  state: {
    type: 'str',
    choices: ['absent', 'directory', 'file', 'hard', 'link', 'touch'],
    doc: 'What the path should be; by default what it is, or a file.',
  },
  src: { type: 'path', doc: 'What a link or hard link leads to.' },
  recurse: { type: 'bool', default: false, doc: 'Set the attributes on everything below a directory too.' },
  force: {
    type: 'bool',
    default: false,
    doc: 'Make links to what does not exist, and replace other kinds of files by links.',
  },
  follow: { type: 'bool', default: true, doc: 'Look through a link at the path, and at links below it.' },
  modification_time: {
    type: 'str',
    doc: 'preserve, now, or a time; `preserve` for all states but touch, where it is `now`.',
  },
  modification_time_format: {
    type: 'str',
    default: '%Y%m%d%H%M.%S',
    doc: 'How modification_time is written.',
  },
  access_time: {
    type: 'str',
    doc: 'preserve, now, or a time; `preserve` for all states but touch, where it is `now`.',
  },
  access_time_format: { type: 'str', default: '%Y%m%d%H%M.%S', doc: 'How access_time is written.' },
  _diff_peek: { type: 'raw', doc: "Has no effect: Ansible's own word between its parts." },
  ...fileArgs,
} as const satisfies ArgSpec;
