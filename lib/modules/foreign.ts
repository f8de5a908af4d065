import { defineModule, type Module } from './module.js';
import { BUILTIN, moduleTable } from './table.js';

// Modules for systems that no node runs. Roles that know many systems name them behind a `when`.
const NAMES: Readonly<Record<string, readonly string[]>> = {
  [BUILTIN]: ['dnf', 'dnf5', 'rpm_key', 'yum', 'yum_repository'],
  'ansible.posix': ['firewalld', 'firewalld_info', 'rhel_facts', 'rhel_rpm_ostree', 'seboolean', 'selinux'],
  'community.general': [
    ...[
      'apk',
      'dnf_config_manager',
      'dnf_versionlock',
      'homebrew',
      'homebrew_cask',
      'homebrew_tap',
      'installp',
    ],
    ...[
      'launchd',
      'macports',
      'openbsd_pkg',
      'osx_defaults',
      'pacman',
      'pacman_key',
      'pkg5',
      'pkg5_publisher',
    ],
    ...['pkgin', 'pkgng', 'pkgutil', 'portage', 'portinstall', 'redhat_subscription', 'rhn_channel'],
    ...[
      'rhn_register',
      'rhsm_release',
      'rhsm_repository',
      'rpm_ostree_pkg',
      'sefcontext',
      'selinux_permissive',
    ],
    ...['selogin', 'seport', 'slackpkg', 'sorcery', 'svr4pkg', 'swdepot', 'swupd', 'sysrc', 'urpmi', 'xbps'],
    ...['yum_versionlock', 'zypper', 'zypper_repository'],
  ],
};

/** A module that may be named with any arguments and fails with these words where it is run. */
export function failing(name: string, collection: string, summary: string, msg: string): Module {
  return defineModule({
    name,
    collection,
    summary,
    args: {},
    openArgs: true,
    returns: {},
    examples: '',
    queries: () => ({}),
    plan: () => ({ kind: 'failed', msg, result: {} }),
  });
}

function stub(collection: string, name: string): Module {
  const words = 'for other systems than Debian and Ubuntu';
  return failing(name, collection, `Is ${words}`, `the module '${name}' is ${words}`);
}

/** Modules that may be named, but fail where they are run, under every name they go by. */
export const foreign: ReadonlyMap<string, Module> = moduleTable(
  Object.entries(NAMES).flatMap(([collection, names]) => names.map((name) => stub(collection, name))),
);
