import { covers, type Network, parseNetwork } from './network.js';

const nets = (...texts: string[]): Network[] => texts.map((text) => parseNetwork(text)!);

const LOOPBACK = nets('127.0.0.0/8', '::1/128');
const LINK_LOCAL = nets('169.254.0.0/16', 'fe80::/10');
const MULTICAST = nets('224.0.0.0/4', 'ff00::/8');
// What netaddr 0.8 takes for private, among it carrier-grade NAT and benchmarks.
const PRIVATE = nets(
  '10.0.0.0/8',
  '100.64.0.0/10',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '239.0.0.0/8',
  'fc00::/7',
  'fec0::/10',
);

const within = (list: readonly Network[], n: Network): boolean => list.some((net) => covers(net, n));

/** 127.0.0.0/8 and ::1. */
export const isLoopback = (n: Network): boolean => within(LOOPBACK, n);

/** 169.254.0.0/16 and fe80::/10. */
export const isLinkLocal = (n: Network): boolean => within(LINK_LOCAL, n);

/** 224.0.0.0/4 and ff00::/8. */
export const isMulticast = (n: Network): boolean => within(MULTICAST, n);

/** Addresses for internal use, link-local ones among them. */
export const isPrivate = (n: Network): boolean => within(PRIVATE, n) || isLinkLocal(n);

function powerOfTwo(n: bigint): boolean {
  return (n & (n - 1n)) === 0n;
}

/** An address that anyone on the Internet may have. */
export function isPublic(n: Network): boolean {
  const max = (1n << (n.version === 4 ? 32n : 128n)) - 1n;
  const mask = powerOfTwo(n.value + 1n) || powerOfTwo((n.value ^ max) + 1n);
  return !isMulticast(n) && !isPrivate(n) && !isLoopback(n) && !mask;
}
