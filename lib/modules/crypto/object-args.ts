import type { ArgSpec } from '../args.js';
import { fileArgs } from '../file-attributes.js';

/** Arguments of every module that keeps a key or a certificate in a file of the node. */
export const objectArgs = {
  path: { type: 'path', required: true, doc: 'The file.' },
  state: { type: 'str', default: 'present', choices: ['absent', 'present'], doc: 'Whether it is there.' },
  force: { type: 'bool', default: false, doc: 'Make it anew even when it is as wished.' },
  backup: { type: 'bool', default: false, doc: 'Keep the old file, with the time in its name.' },
  return_content: { type: 'bool', default: false, doc: 'Give what is in the file in the result.' },
  ...fileArgs,
} as const satisfies ArgSpec;

/** Which program does the work, for playbooks that say so: it is OpenSSL of the node in any case. */
export function backendArg<const C extends readonly string[]>(...choices: C) {
  return {
    type: 'str',
    default: 'auto',
    choices: ['auto', ...choices],
    doc: 'Has no effect: the work is done by OpenSSL of the node.',
  } as const;
}

/** Fields that their results share. */
export const objectReturns = {
  filename: 'the file',
  backup_file: 'where the old file is kept',
} as const;
