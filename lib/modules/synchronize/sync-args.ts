import type { ArgSpec, ArgsOf } from '../args.js';

const keep = (doc: string) => ({ type: 'bool', doc }) as const;

/** What synchronize takes. */
export const syncArgs = {
  src: { type: 'str', required: true, doc: 'What is copied; with a slash at the end, what is in it.' },
  dest: { type: 'str', required: true, doc: 'Where it goes.' },
  mode: {
    type: 'str',
    default: 'push',
    choices: ['pull', 'push'],
    doc: 'push: src is where rsync runs, dest on the host; pull: the other way round.',
  },
  archive: {
    type: 'bool',
    default: true,
    doc: 'Folders with all in them, links, permissions, times, owners, groups, devices.',
  },
  recursive: keep('What is in folders; as archive says when absent.'),
  links: keep('Symbolic links as links; as archive says when absent.'),
  perms: keep('Permissions; as archive says when absent.'),
  times: keep('Times; as archive says when absent.'),
  owner: keep('Owners, which needs root; as archive says when absent.'),
  group: keep('Groups; as archive says when absent.'),
  dirs: { type: 'bool', default: false, doc: 'Folders without what is in them.' },
  copy_links: { type: 'bool', default: false, doc: 'What links lead to, and not the links.' },
  checksum: { type: 'bool', default: false, doc: 'Compare contents, not size and time.' },
  compress: { type: 'bool', default: true, doc: 'Compress on the way.' },
  existing_only: { type: 'bool', default: false, doc: 'Make no new files.' },
  delete: { type: 'bool', default: false, doc: 'Remove from dest what is not in src; needs recursive.' },
  delay_updates: { type: 'bool', default: true, doc: 'Put files in place only when all have arrived.' },
  partial: { type: 'bool', default: false, doc: 'Keep files that arrived in part.' },
  link_dest: {
    type: 'list',
    elements: 'str',
    default: null,
    doc: 'Folders whose unchanged files are linked to and not copied.',
  },
  rsync_opts: { type: 'list', elements: 'str', default: null, doc: 'Further options of rsync.' },
  rsync_path: {
    type: 'str',
    doc: 'The program on the host, as its shell reads it; become then has no effect there.',
  },
  rsync_timeout: {
    type: 'int',
    default: 0,
    doc: 'Seconds without any data after which rsync gives up; 0 for ever.',
  },
  dest_port: { type: 'int', doc: 'The port of the host, where the inventory has another.' },
  private_key: { type: 'path', doc: 'A key to log in to the host with.' },
  set_remote_user: {
    type: 'bool',
    default: true,
    doc: 'Log in as the user of the inventory; else as ssh would.',
  },
  use_ssh_args: {
    type: 'bool',
    default: false,
    doc: "Has no effect: the host's ssh arguments always count.",
  },
  ssh_connection_multiplexing: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: the connection of the play is used.',
  },
  verify_host: {
    type: 'bool',
    default: false,
    doc: 'Has no effect: host keys are looked at as for every connection.',
  },
} as const satisfies ArgSpec;

/** Those arguments, checked. */
export type SyncArgs = ArgsOf<typeof syncArgs>;
