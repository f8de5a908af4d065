import type { ArgSpec } from './args.js';
import { fileArgs } from './file-attributes.js';
import { defineModule } from './module.js';
import { stepping } from './steps.js';
import { unpack } from './unarchive/unpack.js';

const args = {
  src: {
    type: 'path',
    required: true,
    doc: 'The archive, of the controller or, with remote_src, of the node.',
  },
  dest: { type: 'path', required: true, doc: 'The folder to unpack into; it must exist.' },
  remote_src: { type: 'bool', default: false, doc: 'The archive is on the node, or at a URL.' },
  copy: { type: 'bool', default: true, doc: 'The old opposite of remote_src.' },
  creates: { type: 'path', doc: 'Do nothing when this is there.' },
  list_files: { type: 'bool', default: false, doc: 'Give the names in the archive.' },
  keep_newer: { type: 'bool', default: false, doc: 'Do not replace files that are newer.' },
  exclude: { type: 'list', elements: 'str', default: [], doc: 'Names not to unpack.' },
  include: { type: 'list', elements: 'str', default: [], doc: 'Only these names.' },
  extra_opts: { type: 'list', elements: 'str', default: [], doc: 'Further options of tar or unzip.' },
  validate_certs: { type: 'bool', default: true, doc: 'Verify the certificate behind a URL.' },
  io_buffer_size: { type: 'int', default: 65536, doc: 'Has no effect: nothing is read in pieces here.' },
  decrypt: { type: 'bool', default: true, doc: 'Open an archive that is encrypted with vault.' },
  ...fileArgs,
} as const satisfies ArgSpec;

/** Unpacks an archive on the node. */
export const unarchive = defineModule({
  name: 'unarchive',
  summary: 'Unpacks an archive, from the controller, the node or a URL.',
  args,
  rules: {
    mutuallyExclusive: [
      ['include', 'exclude'],
      ['copy', 'remote_src'],
    ],
  },
  returns: {
    mode: 'permissions of dest in octal',
    uid: 'number of its owner',
    gid: 'number of its group',
    owner: 'name of its owner',
    group: 'name of its group',
    size: 'bytes of it',
    state: 'what it is',
    dest: 'The folder.',
    src: 'The archive.',
    handler: 'The kind of archive, as Ansible calls it.',
    files: 'Names in the archive, with list_files.',
  },
  examples: `- ansible.builtin.unarchive:
    src: ffe.tar.gz
    dest: /opt/ffe
    owner: ffe
`,
  check: 'handled',
  run: (info) => stepping(() => unpack(info, info.args)),
});
