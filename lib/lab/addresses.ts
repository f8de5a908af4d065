import { FfeError } from '../errors/error.js';
import type { LabNode } from './state.js';

/** The first three numbers of the /24 network that all nodes are in; FfeError 'lab' when they are not. */
export function prefixOf(nodes: readonly LabNode[]): string {
  const [first] = nodes;
  if (!first) throw new FfeError('lab', 'a lab needs at least one node');
  const prefix = first.address.split('.').slice(0, 3).join('.');
  for (const { name, address } of nodes) {
    const last = Number(address.match(/^(?:\d{1,3}\.){3}(\d{1,3})$/)?.[1] ?? 0);
    const found = `found ${address} for ${name}`;
    if (!/^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(address) || last < 2 || last > 254) {
      throw new FfeError('lab', `a node's address is a private IPv4 address ending in 2 to 254, ${found}`);
    }
    if (!address.startsWith(`${prefix}.`)) {
      throw new FfeError('lab', `all nodes of a lab share one /24 network (${prefix}.0/24), ${found}`);
    }
  }
  for (const key of ['name', 'address'] as const) {
    const seen = nodes.map((node) => node[key]);
    const twice = seen.find((value, i) => seen.indexOf(value) !== i);
    if (twice) throw new FfeError('lab', `two nodes have the ${key} ${twice}`);
  }
  return prefix;
}

/** The IPv6 address that goes with a node's IPv4 address, in a private network of the lab's own (RFC 4193). */
export function ipv6Of(address: string): string {
  const [a, b, c, d] = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `fd${a}:${b}${c}::${d}`;
}
