import type { ArgSpec } from '../args.js';

/** Arguments of mount. */
export const mountArgs = {
  path: { type: 'path', required: true, aliases: ['name'], doc: 'The mount point; none for swap.' },
  src: { type: 'path', doc: 'What is mounted.' },
  fstype: { type: 'str', doc: 'The kind of file system.' },
  opts: { type: 'str', doc: 'Options; defaults when absent.' },
  dump: { type: 'str', default: '0', doc: 'The fifth field of fstab.' },
  passno: { type: 'str', default: '0', doc: 'The sixth field of fstab.' },
  boot: { type: 'bool', default: true, doc: 'Mount it at boot; off: noauto.' },
  fstab: { type: 'str', doc: 'Another table than /etc/fstab.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the table with the time in its name.' },
  state: {
    type: 'str',
    required: true,
    choices: ['absent', 'absent_from_fstab', 'mounted', 'present', 'unmounted', 'remounted', 'ephemeral'],
    doc: 'In the table (present), mounted, too (mounted), only mounted (ephemeral), or not.',
  },
} as const satisfies ArgSpec;
