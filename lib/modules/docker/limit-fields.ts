import { objectOf } from './engine.js';
import { type Field, host, type Rest } from './field.js';
import {
  bytes,
  bytesOrNone,
  deviceRequestsWish,
  devicesWish,
  ratesWish,
  ulimitsWish,
} from './wish-limits.js';
import { byId } from './wish-network.js';

/** Namespaces of another container, which the engine knows by its id. */
function shared(name: 'ipc_mode' | 'pid_mode', key: string): Field[] {
  return host('value', { [name]: key }, { wish: (a, seen) => byId(a[name], seen) });
}

const SIZES = {
  memory: 'Memory',
  memory_reservation: 'MemoryReservation',
  kernel_memory: 'KernelMemory',
} as const;

/** What a container may use, and which parts of the host it sees. */
export const limitFields: readonly Field[] = [
  ...host(
    'value',
    {
      blkio_weight: 'BlkioWeight',
      cpu_period: 'CpuPeriod',
      cpu_quota: 'CpuQuota',
      cpuset_cpus: 'CpusetCpus',
      cpuset_mems: 'CpusetMems',
      cpu_shares: 'CpuShares',
    },
    { updates: true },
  ),
  ...Object.entries(SIZES).flatMap(([name, key]) =>
    host(
      'value',
      { [name]: key },
      {
        updates: true,
        wish: (a) => {
          const size = a[name as keyof typeof SIZES];
          return size === undefined ? undefined : bytes(name, size);
        },
      },
    ),
  ),
  ...host(
    'value',
    { memory_swap: 'MemorySwap' },
    { updates: true, wish: (a) => a.memory_swap && bytesOrNone('memory_swap', a.memory_swap) },
  ),
  ...host('value', { shm_size: 'ShmSize' }, { wish: (a) => a.shm_size && bytes('shm_size', a.shm_size) }),
  ...host('value', { cpus: 'NanoCpus' }, { wish: (a) => a.cpus && Math.round(a.cpus * 1e9) }),
  ...host('dicts', { devices: 'Devices' }, { wish: (a) => a.devices && devicesWish(a.devices) }),
  ...(['read', 'write'] as const).flatMap((way) => {
    const [Way, bps, iops] = [
      way === 'read' ? 'Read' : 'Write',
      `device_${way}_bps`,
      `device_${way}_iops`,
    ] as const;
    const rates = (name: typeof bps | typeof iops): Rest => ({
      wish: (a) => a[name as 'device_read_bps'] && ratesWish(name, a[name as 'device_read_bps']!),
    });
    return [
      ...host('dicts', { [bps]: `BlkioDevice${Way}Bps` }, rates(bps)),
      ...host('dicts', { [iops]: `BlkioDevice${Way}IOps` }, rates(iops)),
    ];
  }),
  ...host(
    'dicts',
    { device_requests: 'DeviceRequests' },
    { wish: (a) => a.device_requests && deviceRequestsWish(a.device_requests) },
  ),
  ...host('dicts', { ulimits: 'Ulimits' }, { wish: (a) => a.ulimits && ulimitsWish(a.ulimits) }),
  ...host('value', {
    memory_swappiness: 'MemorySwappiness',
    oom_score_adj: 'OomScoreAdj',
    cgroup_parent: 'CgroupParent',
    cgroupns_mode: 'CgroupnsMode',
    userns_mode: 'UsernsMode',
    uts: 'UTSMode',
  }),
  ...host(
    'dict',
    { sysctls: 'Sysctls' },
    {
      wish: (a) => a.sysctls && Object.fromEntries(Object.entries(a.sysctls).map(([k, v]) => [k, String(v)])),
    },
  ),
  // Of these the engine keeps no zeros.
  ...host(
    'value',
    { oom_killer: 'OomKillDisable' },
    { now: (c) => objectOf(c.HostConfig)?.OomKillDisable ?? false },
  ),
  ...host('value', { pids_limit: 'PidsLimit' }, { now: (c) => objectOf(c.HostConfig)?.PidsLimit ?? 0 }),
  ...shared('ipc_mode', 'IpcMode'),
  ...shared('pid_mode', 'PidMode'),
];
