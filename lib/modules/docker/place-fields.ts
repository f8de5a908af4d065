import type { JsonObject } from '../../values/json.js';
import { objectOf } from './engine.js';
import { config, type Field, host } from './field.js';
import { tmpfsWish } from './wish-limits.js';
import { mountSent, mountsNow, mountsWish, namelessExpected, volumesWish } from './wish-mounts.js';
import { byId, linksWish, networkWord } from './wish-network.js';
import { exposedExpected, exposedNow, exposedSent, exposedWish, publishedWish } from './wish-ports.js';

/** A container's files. */
export const storageFields: readonly Field[] = [
  ...host(
    'dicts',
    { mounts: 'Mounts' },
    {
      wish: mountsWish,
      now: (c) => mountsNow(objectOf(c.HostConfig)?.Mounts),
      sent: (wish) => (wish as JsonObject[]).map(mountSent),
    },
  ),
  ...config(
    'set',
    { volumes: 'Volumes' },
    {
      wish: (a, seen) => volumesWish(a, seen)?.nameless,
      expected: (wish, _, seen) => namelessExpected(wish, seen),
      now: (c) => Object.keys(objectOf(objectOf(c.Config)?.Volumes) ?? {}),
      sent: exposedSent,
    },
  ),
  ...host(
    'set',
    { volume_binds: 'Binds' },
    { wish: (a, seen) => volumesWish(a, seen)?.binds, expected: (wish) => wish ?? [] },
  ),
  ...host('value', { volume_driver: 'VolumeDriver', read_only: 'ReadonlyRootfs' }),
  ...host('set', { volumes_from: 'VolumesFrom' }),
  ...host('dict', { tmpfs: 'Tmpfs' }, { wish: (a) => a.tmpfs && tmpfsWish(a.tmpfs) }),
  ...host('dict', { storage_opts: 'StorageOpt' }),
];

/** A container's networks, ports and names. */
export const networkFields: readonly Field[] = [
  ...host(
    'value',
    { network_mode: 'NetworkMode' },
    {
      wish: (a, seen) => byId(a.network_mode, seen),
      expected: networkWord,
      now: (c) => networkWord(objectOf(c.HostConfig)?.NetworkMode),
    },
  ),
  ...host('dict', { published_ports: 'PortBindings' }, { wish: publishedWish }),
  ...config(
    'set',
    { exposed_ports: 'ExposedPorts' },
    {
      wish: exposedWish,
      expected: (wish, _, seen) => exposedExpected(wish, seen),
      now: (c) => exposedNow(objectOf(c.Config)?.ExposedPorts),
      sent: exposedSent,
    },
  ),
  ...host('value', { publish_all_ports: 'PublishAllPorts' }),
  ...host('list', { dns_servers: 'Dns', dns_search_domains: 'DnsSearch' }),
  ...host('set', { dns_opts: 'DnsOptions' }),
  ...host(
    'set',
    { etc_hosts: 'ExtraHosts' },
    { wish: (a) => a.etc_hosts && Object.entries(a.etc_hosts).map(([name, ip]) => `${name}:${String(ip)}`) },
  ),
  ...host('set', { links: 'Links' }, { wish: linksWish }),
];
