import type { ArgSpec } from '../args.js';

/** Arguments of the apt module, as ansible.builtin.apt has them. */
export const aptArgs = {
  name: {
    type: 'list',
    elements: 'str',
    aliases: ['package', 'pkg'],
    doc: 'Packages: foo, foo=1.0, foo=1.0*, foo>=1.0, foo/release, or a pattern such as foo*.',
  },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'build-dep', 'fixed', 'latest', 'present'],
    doc: 'What is wanted of the packages; fixed mends broken dependencies, and what an interrupted dpkg left.',
  },
  update_cache: { type: 'bool', aliases: ['update-cache'], doc: 'Fetch the lists of packages before.' },
  update_cache_retries: { type: 'int', default: 5, doc: 'How often fetching the lists is tried.' },
  update_cache_retry_max_delay: {
    type: 'int',
    default: 12,
    doc: 'Longest wait between two tries, in seconds.',
  },
  cache_valid_time: {
    type: 'int',
    default: 0,
    doc: 'Fetch the lists only when they are older than this many seconds; implies update_cache.',
  },
  purge: { type: 'bool', default: false, doc: 'With state absent: remove configuration files too.' },
  default_release: { type: 'str', aliases: ['default-release'], doc: 'The release that is preferred (-t).' },
  install_recommends: {
    type: 'bool',
    aliases: ['install-recommends'],
    doc: "Install recommended packages too; default: the node's own setting.",
  },
  force: { type: 'bool', default: false, doc: 'Allow everything that apt-get asks about. Dangerous.' },
  clean: { type: 'bool', default: false, doc: 'Empty the store of fetched packages first.' },
  allow_unauthenticated: {
    type: 'bool',
    default: false,
    aliases: ['allow-unauthenticated'],
    doc: 'Install packages that are not signed.',
  },
  allow_downgrade: {
    type: 'bool',
    default: false,
    aliases: ['allow-downgrade', 'allow_downgrades', 'allow-downgrades'],
    doc: 'Let a version be replaced by a lower one.',
  },
  allow_change_held_packages: { type: 'bool', default: false, doc: 'Change packages that are on hold.' },
  upgrade: {
    type: 'str',
    default: 'no',
    choices: ['dist', 'full', 'no', 'safe', 'yes'],
    doc: 'Upgrade everything: yes and safe remove nothing, full and dist may.',
  },
  dpkg_options: {
    type: 'str',
    default: 'force-confdef,force-confold',
    doc: 'Options for dpkg, with commas between them and without leading dashes.',
  },
  deb: { type: 'path', doc: 'A package file on the node, or its URL.' },
  autoremove: { type: 'bool', default: false, doc: 'Remove dependencies that nothing needs any more.' },
  autoclean: {
    type: 'bool',
    default: false,
    doc: 'Remove fetched packages that cannot be fetched any more.',
  },
  policy_rc_d: { type: 'int', doc: 'Exit code of /usr/sbin/policy-rc.d meanwhile; 101 starts no services.' },
  only_upgrade: { type: 'bool', default: false, doc: 'Leave packages alone that are not installed.' },
  fail_on_autoremove: { type: 'bool', default: false, doc: 'Fail when anything would be removed.' },
  force_apt_get: { type: 'bool', default: false, doc: 'Use apt-get even where aptitude is; it always is.' },
  lock_timeout: { type: 'int', default: 60, doc: "Seconds to wait for another program's lock." },
} as const satisfies ArgSpec;
