import type { Json, JsonObject } from '../../values/json.js';
import { StepError } from '../steps.js';
import type { ContainerArgs } from './container-args.js';
import { objectOf } from './engine.js';
import { imageConfig, type Seen } from './wish-process.js';

const IPV4 = /^\d+\.\d+\.\d+\.\d+$/;
const IPV6 = /^\[[0-9a-fA-F:]+(?:|%[^\]/]+)\]$/;

/** A port on the outside. */
type Bind = { readonly HostIp: string; readonly HostPort: string };
type Published = Record<string, Bind[]>;

function range(text: string): number[] {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  const [first, last] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1])];
  if (!match || last < first)
    throw new StepError(text.includes('-') ? `Invalid port range: "${text}"` : `Invalid port: "${text}"`);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

/** Parts between colons, where an IPv6 address in brackets is one of them. */
function colonParts(text: string): string[] {
  if (/\[[^\]]*$/.test(text)) throw new StepError(`Cannot find closing "]" in input "${text}"`);
  return text.split(/:(?![^[]*\])/);
}

function addressOf(text: string): string {
  if (!IPV4.test(text) && !IPV6.test(text))
    throw new StepError(
      `Bind addresses for published ports must be IPv4 or IPv6 addresses, not hostnames. Use the dig lookup to resolve hostnames. (Found hostname: ${text})`,
    );
  return text.replace(/^\[([0-9a-fA-F:]+)\]$/, '$1');
}

/** The ports outside for so many inside; one inside may have a range outside, from which the engine chooses. */
function outside(text: string | undefined, count: number): string[] {
  if (!text) return Array<string>(count).fill('');
  return count === 1 ? [text] : range(text).map(String);
}

function parsePort(given: string, ip: string): [string, Bind][] {
  const parts = colonParts(given);
  if (parts.length < 1 || parts.length > 3)
    throw new StepError(
      `Invalid port description "${given}" - expected 1 to 3 colon-separated parts, but got ${parts.length}. Maybe you forgot to use square brackets ([...]) around an IPv6 address?`,
    );
  const [inside, protocol = 'tcp'] = parts.at(-1)!.split('/') as [string, string?];
  const ports = range(inside);
  const HostIp = parts.length === 3 ? addressOf(parts[0]!) : ip;
  const hosts = outside(parts.at(-2), ports.length);
  if (hosts.length !== ports.length)
    throw new StepError(`Invalid port description "${given}" - both ranges must have the same length`);
  return ports.map((port, i) => [`${port}/${protocol}`, { HostIp, HostPort: hosts[i]! }]);
}

function defaultIp(a: ContainerArgs, seen: Seen): string {
  const given = a.default_host_ip;
  if (given !== undefined) {
    if (given === '' || IPV4.test(given) || IPV6.test(given)) return given;
    if (/^[0-9a-fA-F:]+$/.test(given)) return `[${given}]`;
    throw new StepError(
      `The value of default_host_ip must be an empty string, an IPv4 address, or an IPv6 address. Got "${given}" instead.`,
    );
  }
  const named = (a.networks ?? []).map((n) => n.name);
  const bound = seen.networks
    .filter((n) => n.Driver === 'bridge' && named.includes(String(n.Name)))
    .map((n) => objectOf(n.Options)?.['com.docker.network.bridge.host_binding_ipv4']);
  return String(bound.find(Boolean) ?? '0.0.0.0');
}

/** Published ports by the port inside. */
export function publishedWish(a: ContainerArgs, seen: Seen): Published | undefined {
  if (a.published_ports === undefined) return undefined;
  if (a.published_ports.includes('all'))
    throw new StepError(
      'Specifying "all" in published_ports is no longer allowed. Set publish_all_ports to "true" instead to randomly assign port mappings for those not specified by published_ports.',
    );
  const ip = defaultIp(a, seen);
  const found: Published = {};
  for (const given of a.published_ports)
    for (const [port, bind] of parsePort(given, ip)) {
      found[port] ??= [];
      found[port].push(bind);
    }
  return found;
}

function withProtocol(port: string): string {
  return port.includes('/') ? port : `${port}/tcp`;
}

function eachPort(given: string): string[] {
  const [ports, protocol] = withProtocol(given.trim()).split('/') as [string, string];
  return range(ports).map((port) => `${port}/${protocol}`);
}

/** Exposed ports: those that are named, and those that are published. */
export function exposedWish(a: ContainerArgs, seen: Seen): string[] | undefined {
  if (a.exposed_ports === undefined && a.published_ports === undefined) return undefined;
  const published = Object.keys(publishedWish(a, seen) ?? {});
  return [...new Set([...(a.exposed_ports ?? []).flatMap(eachPort), ...published])];
}

/** A list of ports as the keys of an object, or back. */
export function exposedSent(ports: Json): JsonObject {
  return Object.fromEntries((Array.isArray(ports) ? ports : []).map((p) => [String(p), {}]));
}

/** The exposed ports of a container or an image. */
export function exposedNow(ports: Json | undefined): string[] {
  return Object.keys(objectOf(ports) ?? {}).map(withProtocol);
}

/** What a container exposes: what the image does, and its own. */
export function exposedExpected(wish: Json | undefined, seen: Seen): string[] {
  const own = Array.isArray(wish) ? wish.map(String) : [];
  return [...new Set([...exposedNow(imageConfig(seen).ExposedPorts), ...own])];
}
