import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { unifiedHierarchy } from './cgroup.js';
import { command } from './command.js';

/** Programs that a lab needs, and the Debian packages that hold them. */
const PROGRAMS: Readonly<Record<string, string>> = {
  mmdebstrap: 'mmdebstrap',
  'systemd-nspawn': 'systemd-container',
  nft: 'nftables',
  ip: 'iproute2',
  ssh: 'openssh-client',
  'ssh-keygen': 'openssh-client',
  sysctl: 'procps',
  flock: 'util-linux',
  openssl: 'openssl',
};

/** What keeps this machine from booting nodes: reasons that no package mends, and packages to install. */
export type Lacks = { reasons: string[]; packages: string[] };

function onPath(program: string, dirs: readonly string[]): boolean {
  return dirs.some((dir) => existsSync(join(dir, program)));
}

const SEARCHED = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/sbin'];

/** Finds out what this machine lacks for a lab; both lists are empty when nothing is. `dirs` hold programs. */
export function lacks(dirs: readonly string[] = SEARCHED): Lacks {
  if (process.platform !== 'linux')
    return { reasons: [`nodes need Linux, this is ${process.platform}`], packages: [] };
  const reasons: string[] = [];
  if (process.getuid?.() !== 0) reasons.push('booting nodes needs root');
  if (!existsSync('/etc/debian_version'))
    reasons.push('the node image is built with the tools of Debian or Ubuntu');
  if (unifiedHierarchy() === undefined) reasons.push('no cgroup version 2 hierarchy is mounted');
  const packages = Object.entries(PROGRAMS).filter(([program]) => !onPath(program, dirs));
  return { reasons, packages: [...new Set(packages.map(([, name]) => name))].sort() };
}

/** Installs packages on this machine by apt-get. */
export async function installPackages(packages: readonly string[], signal?: AbortSignal): Promise<void> {
  if (packages.length === 0) return;
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const options = { timeout: 600, env, ...(signal ? { signal } : {}) };
  await command(['apt-get', 'update', '-q'], options);
  await command(['apt-get', 'install', '-y', '-q', '--no-install-recommends', ...packages], options);
}

/** The error that says what this machine lacks for a lab; undefined when nothing is. */
export function lackError({ reasons, packages }: Lacks): FfeError | undefined {
  const [reason, ...more] = reasons;
  if (reason !== undefined) return new FfeError('lab', `cannot boot nodes here: ${reason}`, { notes: more });
  if (packages.length === 0) return undefined;
  return new FfeError('lab', `cannot boot nodes here: missing ${packages.join(', ')}`, {
    hint: `apt-get install ${packages.join(' ')}, or 'ffe-provision lab up --install'`,
  });
}

/** Throws what `lackError` says; with `install` missing packages are installed instead. */
export async function requireLab(install = false, signal?: AbortSignal): Promise<void> {
  const found = lacks();
  if (install && found.reasons.length === 0) return installPackages(found.packages, signal);
  const error = lackError(found);
  if (error) throw error;
}
