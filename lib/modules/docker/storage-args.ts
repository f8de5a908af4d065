import type { ArgSpec } from '../args.js';

/** Arguments of a container about its files. */
export const storageArgs = {
  volumes: {
    type: 'list',
    elements: 'str',
    doc: 'Volumes and folders, as source:target[:mode]; a target alone gets a volume without a name.',
  },
  mounts: {
    type: 'list',
    elements: 'dict',
    doc: 'The same in detail.',
    options: {
      target: { type: 'str', required: true, doc: 'The path inside.' },
      source: { type: 'str', doc: 'The volume, or the path on the host.' },
      type: {
        type: 'str',
        default: 'volume',
        choices: ['bind', 'npipe', 'tmpfs', 'volume'],
        doc: 'What is mounted.',
      },
      read_only: { type: 'bool', doc: 'Nothing may be written there.' },
      consistency: {
        type: 'str',
        choices: ['cached', 'consistent', 'default', 'delegated'],
        doc: 'How closely both sides agree.',
      },
      propagation: {
        type: 'str',
        choices: ['private', 'rprivate', 'shared', 'rshared', 'slave', 'rslave'],
        doc: 'Which way further mounts show; for bind.',
      },
      no_copy: { type: 'bool', doc: "Do not fill a new volume with the image's files." },
      labels: { type: 'dict', doc: 'Labels of a new volume.' },
      volume_driver: { type: 'str', doc: 'Driver of a new volume.' },
      volume_options: { type: 'dict', doc: 'Options of that driver.' },
      tmpfs_size: { type: 'str', doc: 'Size of a tmpfs.' },
      tmpfs_mode: { type: 'str', doc: 'Mode of a tmpfs, in octal.' },
    },
  },
  volume_driver: { type: 'str', doc: 'Driver of volumes that are made for it.' },
  volumes_from: { type: 'list', elements: 'str', doc: 'Containers whose volumes it gets too.' },
  tmpfs: {
    type: 'list',
    elements: 'str',
    doc: 'Paths inside that are kept in memory, with :options if need be.',
  },
  read_only: { type: 'bool', doc: 'Its root cannot be written to.' },
  storage_opts: { type: 'dict', doc: 'Options of the storage driver.' },
} as const satisfies ArgSpec;
