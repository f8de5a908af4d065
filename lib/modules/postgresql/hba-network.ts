import { isIPv4, isIPv6 } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A range of addresses, as Python's ipaddress prints it. */
export type Network = { readonly text: string; readonly version: 4 | 6; readonly prefix: number };

/** How many bits a mask has; undefined when it is none, or has ones after zeros. */
function prefixOf(mask: string): number | undefined {
  if (/^\d+$/.test(mask)) return Number(mask);
  if (!isIPv4(mask) && !isIPv6(mask)) return undefined;
  return ipaddr.parse(mask).prefixLengthFromSubnetMask() ?? undefined;
}

/** A network of an address, `address/prefix` or address and mask, without the bits of the host; undefined for names. */
export function network(source: string, mask?: string): Network | undefined {
  const [address = '', given] = source.split('/');
  const version = isIPv4(address) ? 4 : isIPv6(address) ? 6 : undefined;
  if (version === undefined) return undefined;
  const [bits, kind] = version === 4 ? [32, ipaddr.IPv4] : [128, ipaddr.IPv6];
  const within = mask ?? given;
  const prefix = within === undefined ? bits : prefixOf(within);
  if (prefix === undefined || prefix > bits) return undefined;
  const start = kind.networkAddressFromCIDR(`${address}/${prefix}`).toString();
  return { text: `${start}/${prefix}`, version, prefix };
}
