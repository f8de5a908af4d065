import type { Json, JsonObject } from '../../values/json.js';

/** Facts of interfaces by name. */
export type Interfaces = Record<string, JsonObject>;

type Defaults = { readonly v4: JsonObject; readonly v6: JsonObject };
type Address = { readonly device: string; readonly words: readonly string[] };

/** Adds what `ip -o addr show` lists to its interfaces and to the default ones; returns the lists of all addresses. */
export function addAddresses(
  interfaces: Interfaces,
  defaults: Defaults,
  lines: readonly string[],
): JsonObject {
  const four: string[] = [];
  const six: string[] = [];
  for (const line of lines) {
    // `2: eth0    inet 10.0.0.5/24 brd 10.0.0.255 scope global eth0\       valid_lft ...`
    const words = line.split('\\')[0]!.trim().split(/\s+/).slice(1);
    const address: Address = { device: words[0] ?? '', words: words.slice(1) };
    if (address.words[0] === 'inet') addFour(interfaces, defaults.v4, address, four);
    if (address.words[0] === 'inet6') addSix(interfaces, defaults.v6, address, six);
  }
  return { all_ipv4_addresses: four, all_ipv6_addresses: six };
}

function addFour(
  interfaces: Interfaces,
  fallback: JsonObject,
  { device, words }: Address,
  all: string[],
): void {
  const [address = '', prefix = '32'] = words[1]!.split('/');
  const label = words.at(-1)!;
  const facts = { address, ...masks(address, Number(prefix), words[2] === 'brd' ? words[3]! : ''), prefix };
  const secondary = words.includes('secondary');
  interfaces[label] ??= {};
  const target = interfaces[label];
  if (!secondary && target.ipv4 === undefined) target.ipv4 = facts;
  else append(target, 'ipv4_secondaries', facts);
  if (secondary && label !== device) append(interfaces[device]!, 'ipv4_secondaries', facts);
  if (fallback.address === address)
    Object.assign(fallback, facts, link(interfaces[device]), { alias: label });
  if (!address.startsWith('127.')) all.push(address);
}

function addSix(
  interfaces: Interfaces,
  fallback: JsonObject,
  { device, words }: Address,
  all: string[],
): void {
  const peer = words[2] === 'peer';
  const [address = '', ownPrefix] = words[1]!.split('/');
  const prefix = peer ? words[3]!.split('/')[1] : ownPrefix;
  const scope = words[words.indexOf('scope') + 1];
  interfaces[device] ??= {};
  append(interfaces[device], 'ipv6', { address, prefix, scope });
  if (fallback.address === address) Object.assign(fallback, { prefix, scope }, link(interfaces[device]));
  if (address !== '::1') all.push(address);
}

function append(facts: JsonObject, name: string, entry: JsonObject): void {
  facts[name] = [...((facts[name] as Json[] | undefined) ?? []), entry];
}

function link(facts: JsonObject = {}): JsonObject {
  return { macaddress: facts.macaddress, mtu: facts.mtu, type: facts.type ?? 'unknown' };
}

function masks(address: string, prefix: number, broadcast: string): JsonObject {
  const mask = prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { broadcast, netmask: dotted(mask), network: dotted((number & mask) >>> 0) };
}

function dotted(number: number): string {
  return [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join('.');
}
