import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';

/** The collectors of `min`, which is always gathered unless `!min` says otherwise. */
const MINIMAL = [
  'apparmor',
  'caps',
  'cmdline',
  'date_time',
  'distribution',
  'dns',
  'env',
  'fips',
  'local',
  'lsb',
  'pkg_mgr',
  'platform',
  'python',
  'selinux',
  'service_mgr',
  'ssh_pub_keys',
  'user',
] as const;

const FURTHER = [
  'chroot',
  'fibre_channel_wwn',
  'hardware',
  'iscsi',
  'loadavg',
  'network',
  'nvme',
  'virtual',
  'facter',
  'ohai',
] as const;

/** A group of facts that is gathered or left out as a whole, by Ansible's name. */
export type Collector = (typeof MINIMAL)[number] | (typeof FURTHER)[number];

const ALL: readonly Collector[] = [...MINIMAL, ...FURTHER];

// Names of single facts that stand for the collector that gives them.
const ALIASES: Readonly<Record<string, Collector>> = {
  system_capabilities: 'caps',
  system_capabilities_enforced: 'caps',
  distribution_version: 'distribution',
  distribution_release: 'distribution',
  distribution_major_version: 'distribution',
  os_family: 'distribution',
  is_chroot: 'chroot',
  devices: 'hardware',
  dmi: 'hardware',
  memory: 'hardware',
  mounts: 'hardware',
  processor: 'hardware',
  processor_cores: 'hardware',
  processor_count: 'hardware',
  interfaces: 'network',
  default_ipv4: 'network',
  default_ipv6: 'network',
  all_ipv4_addresses: 'network',
  all_ipv6_addresses: 'network',
  system: 'platform',
  kernel: 'platform',
  kernel_version: 'platform',
  machine: 'platform',
  machine_id: 'platform',
  architecture: 'platform',
  python_version: 'platform',
  ssh_host_pub_keys: 'ssh_pub_keys',
  ssh_host_key_dsa_public: 'ssh_pub_keys',
  ssh_host_key_rsa_public: 'ssh_pub_keys',
  ssh_host_key_ecdsa_public: 'ssh_pub_keys',
  ssh_host_key_ed25519_public: 'ssh_pub_keys',
  user_id: 'user',
  user_uid: 'user',
  user_gid: 'user',
  user_gecos: 'user',
  user_dir: 'user',
  user_shell: 'user',
  virtualization_type: 'virtual',
  virtualization_role: 'virtual',
  virtualization_tech_guest: 'virtual',
  virtualization_tech_host: 'virtual',
};

/** What is gathered along, whether it is named, left out or excluded: as with Ansible, whose collectors use each other's facts. */
const ALONG: Readonly<Partial<Record<Collector, readonly Collector[]>>> = {
  hardware: ['platform'],
  network: ['distribution', 'platform'],
  pkg_mgr: ['distribution'],
  service_mgr: ['distribution', 'platform'],
};

function collectorOf(name: string): Collector | undefined {
  return ALL.find((c) => c === name) ?? ALIASES[name];
}

/** Refuses a `gather_subset` that names what is not there; an excluded name may be anything, as in Ansible. */
export function checkSubset(subset: readonly string[]): void {
  const known = ['all', 'min', ...ALL, ...Object.keys(ALIASES)];
  const bad = subset.find((name) => !name.startsWith('!') && !known.includes(name));
  if (bad === undefined) return;
  throw new FfeError(
    'bad-value',
    `gather_subset: '${bad}' is not a subset of facts${didYouMean(bad, known)}`,
    {
      hint: `subsets are all, min, ${[...ALL].sort().join(', ')}, each also with '!' before it`,
    },
  );
}

/** What a `gather_subset` comes to: `min` first, then what is added, without what is excluded and not named itself; and what goes along. */
export function collectorsOf(subset: readonly string[]): Set<Collector> {
  const added = new Set<Collector>();
  const excluded = new Set<Collector>();
  const named = new Set<Collector>();
  for (const item of ['min', ...(subset.length === 0 ? ['all'] : subset)]) {
    const without = item.startsWith('!');
    const name = without ? item.slice(1) : item;
    for (const collector of membersOf(name, without)) {
      (without ? excluded : added).add(collector);
      if (!without && name !== 'all' && name !== 'min') named.add(collector);
    }
  }
  const kept = [...added].filter((c) => named.has(c) || !excluded.has(c));
  return new Set(kept.flatMap((c) => [...(ALONG[c] ?? []), c]));
}

function membersOf(name: string, without: boolean): readonly Collector[] {
  if (name === 'min') return MINIMAL;
  // `!all` leaves the minimal facts.
  if (name === 'all') return without ? FURTHER : ALL;
  const collector = collectorOf(name);
  return collector === undefined ? [] : [collector];
}
