import type { Json, JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import { StepError } from '../steps.js';
import { clientArgs } from './client-args.js';
import type { Difference } from './differences.js';
import { objectOf, objectsOf } from './engine.js';
import { dictDifferences } from './object-work.js';
import { goTexts } from './wish-mounts.js';

/** The arguments of docker_network. */
export const dockerNetworkArgs = {
  ...clientArgs,
  name: { type: 'str', required: true, aliases: ['network_name'], doc: 'The network.' },
  state: {
    type: 'str',
    default: 'present',
    choices: ['absent', 'present'],
    doc: 'Whether it is there; before it goes all containers leave it.',
  },
  connected: {
    type: 'list',
    elements: 'str',
    default: [],
    aliases: ['containers'],
    doc: 'The containers that are in it; without any, those that are there stay.',
  },
  appends: {
    type: 'bool',
    default: false,
    aliases: ['incremental'],
    doc: 'Other containers stay in it as well.',
  },
  force: { type: 'bool', default: false, doc: 'Make it anew even when it is as wished.' },
  driver: { type: 'str', default: 'bridge', doc: 'What kind of network it is.' },
  driver_options: { type: 'dict', default: {}, doc: 'Options of the driver.' },
  ipam_driver: { type: 'str', doc: 'What gives out addresses.' },
  ipam_driver_options: { type: 'dict', doc: 'Options of that.' },
  ipam_config: {
    type: 'list',
    elements: 'dict',
    doc: 'The ranges of addresses.',
    options: {
      subnet: { type: 'str', doc: 'The range, as CIDR.' },
      iprange: { type: 'str', doc: 'The part of it that containers get addresses from.' },
      gateway: { type: 'str', doc: 'The address of the host.' },
      aux_addresses: { type: 'dict', doc: 'Addresses that are taken, by name.' },
    },
  },
  enable_ipv6: { type: 'bool', doc: 'Whether it has IPv6.' },
  internal: { type: 'bool', doc: 'Nothing outside can be reached from it.' },
  attachable: { type: 'bool', doc: 'Containers of their own may join a network of a swarm.' },
  scope: { type: 'str', choices: ['local', 'global', 'swarm'], doc: 'How far it reaches.' },
  labels: { type: 'dict', default: {}, doc: 'Labels with their values.' },
} as const satisfies ArgSpec;

/** The validated arguments. */
export type DockerNetworkArgs = ArgsOf<typeof dockerNetworkArgs>;
type Pool = NonNullable<DockerNetworkArgs['ipam_config']>[number];

const CIDR =
  /^(?:(?:\d{1,3}\.){3}\d{1,3}\/(?:\d|[12]\d|3[0-2])|[0-9a-fA-F:]+\/(?:\d|[1-9]\d|1[01]\d|12[0-8]))$/;
const POOL = {
  subnet: 'Subnet',
  iprange: 'IPRange',
  gateway: 'Gateway',
  aux_addresses: 'AuxiliaryAddresses',
};

function poolSent(pool: Pool): JsonObject {
  const given = Object.entries(POOL).map(
    ([ours, theirs]) => [theirs, pool[ours as keyof typeof POOL]] as const,
  );
  return Object.fromEntries(given.filter(([, value]) => value !== undefined));
}

/** A StepError for a range that is none. */
export function checkPools(pools: readonly Pool[] | undefined): void {
  const bad = pools?.find(({ subnet }) => subnet !== undefined && !CIDR.test(subnet));
  if (bad) throw new StepError(`"${bad.subnet}" is not a valid CIDR`);
}

/** An empty dict is how older engines tell of addresses nobody has asked for. */
function poolNow(pool: JsonObject): JsonObject {
  return { ...pool, AuxiliaryAddresses: pool.AuxiliaryAddresses ?? pool.AuxAddress ?? {} };
}

function poolDifferences(pools: readonly Pool[] | undefined, now: Json | undefined): Difference[] {
  const there = objectsOf(now).map(poolNow);
  return (pools ?? []).flatMap((pool, i) => {
    const wish = poolSent(pool);
    const best = there
      .map((found) => dictDifferences(`ipam_config[${i}]`, wish, found))
      .sort((a, b) => a.length - b.length)[0];
    const found = best ?? dictDifferences(`ipam_config[${i}]`, wish, {});
    const names = Object.fromEntries(Object.entries(POOL).map(([ours, theirs]) => [theirs, ours]));
    return found.map((d) => ({ ...d, name: d.name.replace(/[^.]+$/, (key) => names[key] ?? key) }));
  });
}

function value(name: string, wish: Json | undefined, now: Json | undefined): Difference[] {
  return wish === undefined || wish === (now ?? null) ? [] : [{ name, wish, now: now ?? null }];
}

/** What of a network is not as wished. */
export function networkMismatches(a: DockerNetworkArgs, network: JsonObject): Difference[] {
  const ipam = objectOf(network.IPAM) ?? {};
  return [
    ...value('driver', a.driver, network.Driver),
    ...dictDifferences('driver_options', goTexts(a.driver_options), network.Options),
    ...value('ipam_driver', a.ipam_driver, ipam.Driver),
    ...dictDifferences('ipam_driver_options', goTexts(a.ipam_driver_options ?? {}), ipam.Options),
    ...poolDifferences(a.ipam_config, ipam.Config),
    ...value('enable_ipv6', a.enable_ipv6, network.EnableIPv6 ?? false),
    ...value('internal', a.internal, network.Internal ?? false),
    ...value('scope', a.scope, network.Scope),
    ...value('attachable', a.attachable, network.Attachable ?? false),
    ...dictDifferences('labels', goTexts(a.labels), network.Labels),
  ];
}

/** What a new network is made from. */
export function networkBody(a: DockerNetworkArgs): JsonObject {
  const pools = (a.ipam_config ?? []).map(poolSent);
  const ipam = a.ipam_driver !== undefined || a.ipam_driver_options !== undefined || pools.length > 0;
  return {
    Name: a.name,
    Driver: a.driver,
    Options: goTexts(a.driver_options),
    Labels: goTexts(a.labels),
    CheckDuplicate: true,
    EnableIPv6: a.enable_ipv6,
    Internal: a.internal,
    Attachable: a.attachable,
    Scope: a.scope,
    IPAM: ipam
      ? { Driver: a.ipam_driver ?? 'default', Config: pools, Options: goTexts(a.ipam_driver_options ?? {}) }
      : undefined,
  };
}
