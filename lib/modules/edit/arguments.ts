import type { ArgSpec } from '../args.js';
import { fileArgs } from '../file-attributes.js';

/** Arguments of every module that edits a text file in place. */
export const editArgs = {
  path: { type: 'path', required: true, aliases: ['dest', 'destfile', 'name'], doc: 'The file to edit.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file with the time in its name.' },
  validate: {
    type: 'str',
    doc: 'A command that checks the new content before it is put in place; %s stands for the file.',
  },
  ...fileArgs,
} as const satisfies ArgSpec;

/** Adds `create` for modules that may start from no file. */
export const createArg = {
  create: { type: 'bool', default: false, doc: 'Make the file when it does not exist.' },
} as const satisfies ArgSpec;
