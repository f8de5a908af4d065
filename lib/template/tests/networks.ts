import { spawnSync } from 'node:child_process';
import type { Test } from '../library.js';
import { bitsOf, covers, firstOf, type Network, parseAddress, parseNetwork } from '../net/network.js';
import { isLoopback, isMulticast } from '../net/ranges.js';
import { within } from '../net/within.js';
import { items, text } from '../read.js';
import { is } from '../signature.js';

// The registries for special purposes, as Python 3.11's ipaddress has them.
const isPrivate = within(
  '0.0.0.0/8',
  '10.0.0.0/8',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/29',
  '192.0.0.170/31',
  '192.0.2.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '240.0.0.0/4',
  '::1/128',
  '::/128',
  '::ffff:0:0/96',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  'fc00::/7',
  'fe80::/10',
);
const isShared = within('100.64.0.0/10');
const isReserved = within(
  '240.0.0.0/4',
  '::/8',
  '100::/8',
  '200::/7',
  '400::/6',
  '800::/5',
  '1000::/4',
  '4000::/3',
  '6000::/3',
  '8000::/3',
  'a000::/3',
  'c000::/3',
  'e000::/4',
  'f000::/5',
  'f800::/6',
  'fe00::/9',
);
const isMapped = within('::ffff:0:0/96');
const isSixToFour = within('2002::/16');
const isTeredo = within('2001::/32');
const isUnspecified = within('0.0.0.0/32', '::/128');

/** A network as Python reads it strictly: all four parts, and no bits of a host. */
function strictNetwork(source: string): Network | undefined {
  const head = source.split('/')[0]!;
  const net = parseAddress(head) && parseNetwork(source);
  return net && firstOf(net) === net.value ? net : undefined;
}

const network = (ask: (n: Network) => boolean): Test =>
  is('', (v) => {
    const net = strictNetwork(text(v));
    return net !== undefined && ask(net);
  });

const address = (ask: (n: Network) => boolean): Test =>
  is('', (v) => {
    const net = parseAddress(text(v));
    return net !== undefined && ask(net);
  });

/** A mask after a slash: that of the net itself, or that of its hosts. */
const mask = (ofHosts: boolean): Test =>
  is('', (v) => {
    const given = parseAddress(text(v));
    const net = strictNetwork(`10.0.0.0/${text(v)}`);
    if (given?.version !== 4 || !net) return false;
    const hosts = (1n << BigInt(bitsOf(net) - net.prefix)) - 1n;
    return given.value === (ofHosts ? hosts : hosts ^ 0xffffffffn);
  });

function lies(inner: string, outer: string): boolean {
  const [a, b] = [strictNetwork(inner), strictNetwork(outer)];
  return a !== undefined && b !== undefined && covers(b, a);
}

const MAC = /^(([0-9a-f]{2}[:-]){5}[0-9a-f]{2}$|([0-9a-f]{4}\.){2}[0-9a-f]{4}$|[0-9a-f]{12}$)/i;

function resolves(name: string): boolean {
  return !name.startsWith('-') && spawnSync('getent', ['ahosts', name], { timeout: 20_000 }).status === 0;
}

const TESTS: Record<string, Test> = {
  ip: network(() => true),
  ipv4: network((n) => n.version === 4),
  ipv6: network((n) => n.version === 6),
  ip_address: address(() => true),
  ipv4_address: address((n) => n.version === 4),
  ipv6_address: address((n) => n.version === 6),
  ipv4_netmask: mask(false),
  ipv4_hostmask: mask(true),
  ipv6_ipv4_mapped: address(isMapped),
  ipv6_sixtofour: address(isSixToFour),
  ipv6_teredo: address(isTeredo),
  loopback: address(isLoopback),
  multicast: address(isMulticast),
  private: address(isPrivate),
  public: address((n) => !isPrivate(n) && !isShared(n)),
  reserved: address(isReserved),
  unspecified: address(isUnspecified),
  mac: is('', (v) => MAC.test(text(v))),
  resolvable: is('', (v) => resolves(text(v))),
  in_network: is('network', (v, [net]) => lies(text(v), text(net))),
  in_any_network: is('networks', (v, [list]) => items(list!).some((net) => lies(text(v), text(net)))),
  in_one_network: is(
    'networks',
    (v, [list]) => items(list!).filter((net) => lies(text(v), text(net))).length === 1,
  ),
  subnet_of: is('network_b', (v, [net]) => lies(text(v), text(net))),
  supernet_of: is('network_b', (v, [net]) => lies(text(net), text(v))),
};

/** Tests of addresses and networks (collection ansible.utils), by their full names. */
export const networkTests: Record<string, Test> = Object.fromEntries(
  Object.entries(TESTS).map(([name, test]) => [`ansible.utils.${name}`, test]),
);
