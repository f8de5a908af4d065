import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import { agrees } from './compare.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf } from './engine.js';
import type { Seen } from './wish-process.js';

/** `container:NAME` with the id in the place of the name, where there is one. */
export function byId(mode: string | undefined, { ids }: Seen): string | undefined {
  const name = mode?.startsWith('container:') ? mode.slice(10) : undefined;
  return name !== undefined && ids[name] !== undefined ? `container:${ids[name]}` : mode;
}

/** Two words for the engine's usual network. */
export function networkWord(mode: Json | undefined): Json | undefined {
  return mode === 'default' ? 'bridge' : mode;
}

/** Links as the engine keeps them: /other:/this/alias. */
export function linksWish({ links, name }: ContainerArgs): string[] | undefined {
  return links?.map((link) => {
    const [other, alias = other] = link.split(/:(.*)/s) as [string, string?];
    return `/${other}:/${name}/${alias}`;
  });
}

type Network = NonNullable<ContainerArgs['networks']>[number];

/** How a container is to be in a network, as the engine takes it. */
export function endpoint(network: Network): JsonObject {
  const { ipv4_address, ipv6_address, aliases, links, driver_opts, mac_address } = network;
  const addresses = {
    ...(ipv4_address ? { IPv4Address: ipv4_address } : {}),
    ...(ipv6_address ? { IPv6Address: ipv6_address } : {}),
  };
  return {
    ...(ipv4_address || ipv6_address ? { IPAMConfig: addresses } : {}),
    ...(aliases ? { Aliases: aliases } : {}),
    ...(links ? { Links: links.map((l) => (String(l).includes(':') ? l : `${l}:${l}`)) } : {}),
    ...(driver_opts ? { DriverOpts: driver_opts } : {}),
    ...(mac_address ? { MacAddress: mac_address } : {}),
  };
}

/** The networks that a container is in, by name. */
export function connected(container: JsonObject): JsonObject {
  return objectOf(objectOf(container.NetworkSettings)?.Networks) ?? {};
}

function fits(network: Network, now: JsonObject): boolean {
  const wish = endpoint(network);
  const addresses = objectOf(now.IPAMConfig) ?? {};
  return (
    Object.entries(objectOf(wish.IPAMConfig) ?? {}).every(([k, v]) => addresses[k] === v) &&
    (wish.Aliases === undefined || agrees(wish.Aliases, now.Aliases, 'allow_more_present', 'set')) &&
    (wish.Links === undefined || agrees(wish.Links, now.Links, 'allow_more_present', 'set')) &&
    (wish.DriverOpts === undefined ||
      agrees(wish.DriverOpts, now.DriverOpts, 'allow_more_present', 'dict')) &&
    (wish.MacAddress === undefined || isDeepStrictEqual(wish.MacAddress, now.MacAddress))
  );
}

/** A network that a container is not in, or not as wished; `now` is how it is in it. */
export type NetworkDifference = { readonly network: Network; readonly id: string; readonly now?: JsonObject };

/** The id of a network; a StepError when there is none of that name. */
export function networkId(name: string, { networks }: Seen): string {
  const found = networks.find((n) => n.Name === name) ?? networks.find((n) => String(n.Id).startsWith(name));
  if (found) return String(found.Id);
  throw new StepError(`Parameter error: network named ${name} could not be found. Does it exist?`);
}

/** The wished networks that a container has to be connected to, or connected to anew. */
export function networkDifferences(a: ContainerArgs, seen: Seen, container: JsonObject): NetworkDifference[] {
  return (a.networks ?? []).flatMap((network) => {
    const now = objectOf(connected(container)[network.name]);
    if (now && fits(network, now)) return [];
    return [{ network, id: networkId(network.name, seen), ...(now ? { now } : {}) }];
  });
}

/** The names of networks that a container is in and that are not wished. */
export function extraNetworks(a: ContainerArgs, container: JsonObject): string[] {
  const wished = new Set((a.networks ?? []).map((n) => n.name));
  return Object.keys(connected(container)).filter((name) => !wished.has(name));
}
