import type { Collector } from './subset.js';

const DMI = '/sys/devices/virtual/dmi/id';
const NET = '/sys/class/net/*';
const BLOCK = '/sys/block/*';

/** Files that collectors read; shell patterns. */
const FILES: Readonly<Partial<Record<Collector, readonly string[]>>> = {
  platform: [
    '/proc/sys/kernel/ostype',
    '/proc/sys/kernel/osrelease',
    '/proc/sys/kernel/version',
    '/proc/sys/kernel/hostname',
    '/var/lib/dbus/machine-id',
    '/etc/machine-id',
  ],
  distribution: ['/etc/os-release', '/usr/lib/os-release', '/etc/debian_version', '/etc/lsb-release'],
  lsb: ['/etc/lsb-release'],
  cmdline: ['/proc/cmdline'],
  date_time: ['/etc/localtime'],
  dns: ['/etc/resolv.conf'],
  env: ['/proc/$$/environ'],
  fips: ['/proc/sys/crypto/fips_enabled'],
  selinux: ['/sys/fs/selinux/enforce', '/sys/fs/selinux/policyvers', '/etc/selinux/config'],
  service_mgr: ['/proc/1/comm'],
  ssh_pub_keys: ['/etc/ssh/ssh_host_*_key.pub', '/etc/openssh/ssh_host_*_key.pub'],
  user: ['/proc/$$/status'],
  loadavg: ['/proc/loadavg'],
  iscsi: ['/etc/iscsi/initiatorname.iscsi'],
  nvme: ['/etc/nvme/hostnqn'],
  fibre_channel_wwn: ['/sys/class/fc_host/*/port_name'],
  network: [
    ...['address', 'mtu', 'operstate', 'type', 'speed', 'flags'].map((f) => `${NET}/${f}`),
    ...['bridge_id', 'stp_state'].map((f) => `${NET}/bridge/${f}`),
    ...['slaves', 'mode', 'miimon', 'lacp_rate', 'primary', 'all_slaves_active'].map(
      (f) => `${NET}/bonding/${f}`,
    ),
    `${NET}/bonding_slave/perm_hwaddr`,
  ],
  hardware: [
    '/proc/meminfo',
    '/proc/cpuinfo',
    '/proc/self/status',
    '/proc/uptime',
    '/proc/mounts',
    '/proc/self/mountinfo',
    '/sys/hypervisor/type',
    `${DMI}/*`,
    ...['size', 'removable', 'device/vendor', 'device/model', 'device/serial'].map((f) => `${BLOCK}/${f}`),
    ...['device/sas_address', 'device/sas_device_handle', 'dm/name'].map((f) => `${BLOCK}/${f}`),
    ...['discard_granularity', 'rotational', 'scheduler', 'logical_block_size', 'hw_sector_size'].map(
      (f) => `${BLOCK}/queue/${f}`,
    ),
    `${BLOCK}/*[0-9]/start`,
    `${BLOCK}/*[0-9]/size`,
  ],
  virtual: [
    '/proc/1/cgroup',
    '/proc/1/environ',
    '/run/systemd/container',
    '/proc/xen/capabilities',
    '/proc/self/status',
    '/proc/cpuinfo',
    '/proc/modules',
    ...['product_name', 'sys_vendor', 'product_family', 'bios_vendor'].map((f) => `${DMI}/${f}`),
  ],
};

/** Paths that are only tested for, and programs that are looked for. */
export const TESTED_PATHS = [
  '/.dockerenv',
  '/.dockerinit',
  '/proc/vz',
  '/proc/lve',
  '/proc/bc',
  '/proc/xen',
  '/dev/kvm',
  '/sys/kernel/security/apparmor',
  '/usr/bin/apt-get',
  '/run/systemd/system',
  '/run/host/container-manager',
];

/** The patterns of some collectors, each once. */
export function filePatterns(collectors: ReadonlySet<Collector>): string[] {
  return [...new Set([...collectors].flatMap((c) => FILES[c] ?? []))];
}
