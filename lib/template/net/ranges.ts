import type { Network } from './network.js';
import { within } from './within.js';

// What netaddr 0.8 takes for private, among it carrier-grade NAT and benchmarks.
const isInternal = within(
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

/** 127.0.0.0/8 and ::1. */
export const isLoopback = within('127.0.0.0/8', '::1/128');

/** 169.254.0.0/16 and fe80::/10. */
export const isLinkLocal = within('169.254.0.0/16', 'fe80::/10');

/** 224.0.0.0/4 and ff00::/8. */
export const isMulticast = within('224.0.0.0/4', 'ff00::/8');

/** Addresses for internal use, link-local ones among them. */
export const isPrivate = (n: Network): boolean => isInternal(n) || isLinkLocal(n);

function powerOfTwo(n: bigint): boolean {
  return (n & (n - 1n)) === 0n;
}

/** An address that anyone on the Internet may have. */
export function isPublic(n: Network): boolean {
  const max = (1n << (n.version === 4 ? 32n : 128n)) - 1n;
  const mask = powerOfTwo(n.value + 1n) || powerOfTwo((n.value ^ max) + 1n);
  return !isMulticast(n) && !isPrivate(n) && !isLoopback(n) && !mask;
}
