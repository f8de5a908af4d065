import type { JsonObject } from '../../values/json.js';
import type { Part } from '../queries/part.js';
import type { FactsQuery } from '../queries/query.js';
import type { Marks } from '../sections.js';
import { dateTimeFacts } from './date-time.js';
import { deviceFacts } from './devices.js';
import { dmiFacts } from './dmi.js';
import type { Gathered } from './gathered.js';
import { readLocalFacts } from './local.js';
import { memoryFacts, uptimeFacts } from './memory.js';
import { lvmFacts, mountFacts } from './mounts.js';
import { networkFacts } from './network.js';
import { distributionFacts, lsbFacts, platformFacts, pythonFacts } from './platform.js';
import { processorFacts } from './processor.js';
import { factSections, readGathered } from './script.js';
import { type Collector, collectorsOf } from './subset.js';
import * as system from './system.js';
import { virtualFacts } from './virtual.js';

/** Queries for facts: the sections of one script each. Values vary in type as Ansible's do. */
export function factsParts(queries: readonly FactsQuery[]): Part[] {
  return queries.map((query) => {
    const collectors = collectorsOf(query.subset);
    const programs = factSections(collectors, query.factPath, query.timeout);
    return {
      sections: programs.map((p) => p.source),
      read: (outputs, marks) => {
        const gathered = readGathered(programs, outputs);
        return [[query, { kind: 'facts', facts: factsFrom(collectors, gathered, marks) }]];
      },
    };
  });
}

type Collect = (gathered: Gathered, marks: Marks) => JsonObject;

const COLLECT: Readonly<Partial<Record<Collector, Collect>>> = {
  platform: platformFacts,
  distribution: distributionFacts,
  lsb: lsbFacts,
  python: pythonFacts,
  cmdline: system.cmdlineFacts,
  date_time: dateTimeFacts,
  dns: system.dnsFacts,
  env: system.envFacts,
  user: system.userFacts,
  ssh_pub_keys: system.sshKeyFacts,
  caps: system.capsFacts,
  selinux: system.selinuxFacts,
  service_mgr: system.serviceManager,
  loadavg: system.loadFacts,
  fips: (gathered) => ({ fips: gathered.file('/proc/sys/crypto/fips_enabled') === '1' }),
  apparmor: (gathered) => ({
    apparmor: { status: gathered.has('/sys/kernel/security/apparmor') ? 'enabled' : 'disabled' },
  }),
  pkg_mgr: (gathered) => ({ pkg_mgr: gathered.has('/usr/bin/apt-get') ? 'apt' : 'unknown' }),
  chroot: (gathered) => ({ is_chroot: gathered.program('chroot')?.rc !== 0 }),
  iscsi: (gathered) => system.storageNetworkFacts(gathered).iscsi,
  nvme: (gathered) => system.storageNetworkFacts(gathered).nvme,
  fibre_channel_wwn: (gathered) => system.storageNetworkFacts(gathered).fc,
  local: (gathered, marks) => ({ local: readLocalFacts(gathered.program('local')!, marks) }),
  network: networkFacts,
  virtual: virtualFacts,
  hardware: hardwareFacts,
};

function hardwareFacts(gathered: Gathered): JsonObject {
  return {
    ...processorFacts(gathered),
    ...memoryFacts(gathered),
    ...dmiFacts(gathered),
    ...deviceFacts(gathered),
    ...uptimeFacts(gathered),
    ...lvmFacts(gathered),
    ...mountFacts(gathered),
  };
}

/** The facts of some collectors, from what their script found. */
export function factsFrom(collectors: ReadonlySet<Collector>, gathered: Gathered, marks: Marks): JsonObject {
  return Object.assign({}, ...[...collectors].map((c) => COLLECT[c]?.(gathered, marks) ?? {})) as JsonObject;
}
