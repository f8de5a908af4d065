import type { ArgSpec } from '../args.js';

const rate = (type: 'str' | 'int', doc: string) =>
  ({
    type: 'list',
    elements: 'dict',
    doc,
    options: {
      path: { type: 'str', required: true, doc: 'The device.' },
      rate: {
        type,
        required: true,
        doc: type === 'int' ? 'Operations a second.' : 'Bytes a second, with a unit.',
      },
    },
  }) as const;

/** Arguments of a container about memory, processors, devices and the kernel. */
export const limitArgs = {
  memory: { type: 'str', doc: 'The most memory, such as 512M.' },
  memory_reservation: { type: 'str', doc: 'What memory is kept for it when it is scarce.' },
  memory_swap: { type: 'str', doc: 'The most memory and swap together; unlimited or -1 for no limit.' },
  memory_swappiness: { type: 'int', doc: 'How readily it is swapped out, 0 to 100.' },
  kernel_memory: { type: 'str', doc: "The most of the kernel's memory." },
  shm_size: { type: 'str', doc: 'Size of /dev/shm.' },
  cpus: { type: 'float', doc: 'How many processors it may use.' },
  cpu_period: { type: 'int', doc: 'The period of cpu_quota in microseconds.' },
  cpu_quota: { type: 'int', doc: 'Time of a processor in each period, in microseconds.' },
  cpu_shares: { type: 'int', doc: 'Its weight among others.' },
  cpuset_cpus: { type: 'str', doc: 'The processors, such as 0-3 or 0,1.' },
  cpuset_mems: { type: 'str', doc: 'The memory nodes.' },
  blkio_weight: { type: 'int', doc: 'Its weight at disks, 10 to 1000.' },
  device_read_bps: rate('str', 'How fast it may read from devices.'),
  device_write_bps: rate('str', 'How fast it may write to devices.'),
  device_read_iops: rate('int', 'How often it may read from devices.'),
  device_write_iops: rate('int', 'How often it may write to devices.'),
  devices: { type: 'list', elements: 'str', doc: 'Devices of the host, as host[:inside[:rwm]].' },
  device_requests: {
    type: 'list',
    elements: 'dict',
    doc: 'Devices by what they can do, such as GPUs.',
    options: {
      capabilities: {
        type: 'list',
        elements: 'list',
        doc: 'Lists of abilities, one of which must be there in full.',
      },
      count: { type: 'int', doc: 'How many; -1 for all.' },
      device_ids: { type: 'list', elements: 'str', doc: 'Which.' },
      driver: { type: 'str', doc: 'Their driver.' },
      options: { type: 'dict', doc: 'Options of that driver.' },
    },
  },
  pids_limit: { type: 'int', doc: 'How many processes; -1 for no limit.' },
  ulimits: { type: 'list', elements: 'str', doc: 'Limits as name:soft[:hard].' },
  oom_killer: { type: 'bool', doc: 'True keeps the kernel from killing it when memory runs out.' },
  oom_score_adj: { type: 'int', doc: 'How early it is killed then, -1000 to 1000.' },
  sysctls: { type: 'dict', doc: 'Settings of the kernel inside.' },
  cgroup_parent: { type: 'str', doc: 'The control group above its own.' },
  cgroupns_mode: { type: 'str', choices: ['host', 'private'], doc: 'Whose control groups it sees.' },
  ipc_mode: { type: 'str', doc: 'Whose shared memory it sees: private, shareable, host or container:NAME.' },
  pid_mode: { type: 'str', doc: 'Whose processes it sees: host or container:NAME.' },
  userns_mode: { type: 'str', doc: 'Whose users it has: host.' },
  uts: { type: 'str', doc: 'Whose host name it has: host.' },
} as const satisfies ArgSpec;
