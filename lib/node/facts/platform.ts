import type { JsonObject } from '../../values/json.js';
import { type Gathered, linesOf, printed } from './gathered.js';

/** Kernel, machine and names of the host. */
export function platformFacts(gathered: Gathered): JsonObject {
  const kernel = (name: string) => gathered.file(`/proc/sys/kernel/${name}`) ?? '';
  const machine = printed(gathered, 'uname').trim();
  const nodename = kernel('hostname');
  const fqdn = fullName(printed(gathered, 'fqdn'), nodename);
  const bits = /64|s390x/.test(machine) ? '64' : '32';
  return {
    system: kernel('ostype'),
    kernel: kernel('osrelease'),
    kernel_version: kernel('version'),
    machine,
    architecture: /^i[3456]86$/.test(machine) ? 'i386' : machine,
    userspace_bits: bits,
    userspace_architecture: bits === '32' && machine === 'x86_64' ? 'i386' : machine,
    nodename,
    hostname: nodename.split('.')[0] ?? '',
    fqdn,
    domain: fqdn.split('.').slice(1).join('.'),
    machine_id: gathered.file('/var/lib/dbus/machine-id') ?? gathered.file('/etc/machine-id'),
  };
}

/** As Python's getfqdn: the first name with a dot that the address has, else its first name, else the own one. */
function fullName(line: string, nodename: string): string {
  const names = line.trim().split(/\s+/).slice(1);
  return names.find((name) => name.includes('.')) ?? names[0] ?? nodename;
}

/** The distribution by os-release, in Ansible's words. */
export function distributionFacts(gathered: Gathered): JsonObject {
  const file = gathered.file('/etc/os-release') === undefined ? '/usr/lib/os-release' : '/etc/os-release';
  const release = readAssignments(gathered.file(file) ?? '');
  const [id = '', version = 'NA'] = [release.get('ID'), release.get('VERSION_ID')];
  const name = NAMES[id] ?? release.get('NAME')?.split(' ')[0] ?? 'NA';
  const debian = /^\d+\.(\d+)/.exec(gathered.file('/etc/debian_version') ?? '')?.[1];
  return {
    distribution: name,
    distribution_version: version,
    distribution_major_version: version.split('.')[0],
    ...(id === 'debian' && debian !== undefined && { distribution_minor_version: debian }),
    distribution_release: codename(release),
    distribution_file_path: file,
    distribution_file_variety: name,
    distribution_file_parsed: true,
    os_family: FAMILIES[name] ?? name,
  };
}

const NAMES: Readonly<Record<string, string>> = {
  debian: 'Debian',
  ubuntu: 'Ubuntu',
  raspbian: 'Debian',
  linuxmint: 'Linux Mint',
  kali: 'Kali',
  devuan: 'Devuan',
};

const FAMILIES: Readonly<Record<string, string>> = {
  Ubuntu: 'Debian',
  Kali: 'Debian',
  Devuan: 'Debian',
  'Linux Mint': 'Debian',
};

function codename(release: ReadonlyMap<string, string>): string {
  return (
    release.get('VERSION_CODENAME') ??
    release.get('UBUNTU_CODENAME') ??
    /\((\w+)\)/.exec(release.get('VERSION') ?? '')?.[1] ??
    'NA'
  );
}

/** `KEY=value` lines, with the value's quotes taken off. */
function readAssignments(text: string): Map<string, string> {
  return new Map(
    linesOf(text).flatMap((line) => {
      const found = /^([A-Z_]+)=(["']?)(.*)\2$/.exec(line.trim());
      return found === null ? [] : [[found[1]!, found[3]!] as const];
    }),
  );
}

/** The node's python, where it has one; facts of modules that need it are none of ours. */
export function pythonFacts(gathered: Gathered): JsonObject {
  const [executable = '', versions = ''] = linesOf(printed(gathered, 'python'));
  const [major, minor, micro, releaselevel, serial, type] = versions.split(' ');
  if (type === undefined) return {};
  const numbers = [major, minor, micro].map(Number);
  const version = {
    ...{ major: numbers[0]!, minor: numbers[1]!, micro: numbers[2]! },
    ...{ releaselevel: releaselevel!, serial: Number(serial) },
  };
  return {
    python: {
      executable,
      version,
      version_info: [...numbers, releaselevel!, Number(serial)],
      type,
      has_sslcontext: true,
    },
    python_version: numbers.join('.'),
  };
}

/** What `lsb_release -a` says, or /etc/lsb-release where it is not installed. */
export function lsbFacts(gathered: Gathered): JsonObject {
  const said = new Map(
    linesOf(printed(gathered, 'lsb')).map((line) => line.split(/:\s*/, 2) as [string, string]),
  );
  const file = readAssignments(gathered.file('/etc/lsb-release') ?? '');
  const pick = (label: string, key: string) => (said.size > 0 ? said.get(label) : file.get(key));
  const release = pick('Release', 'DISTRIB_RELEASE');
  const lsb: JsonObject = {
    id: pick('Distributor ID', 'DISTRIB_ID'),
    description: pick('Description', 'DISTRIB_DESCRIPTION'),
    release,
    codename: pick('Codename', 'DISTRIB_CODENAME'),
    major_release: release?.split('.')[0],
  };
  return { lsb: Object.fromEntries(Object.entries(lsb).filter(([, value]) => value !== undefined)) };
}
