import ipaddr from 'ipaddr.js';

/** An address with its prefix, as Python's netaddr has it: `value` keeps the host bits. */
export type Network = { version: 4 | 6; value: bigint; prefix: number };

/** The number of bits of an address. */
export const bitsOf = (n: Network): number => (n.version === 4 ? 32 : 128);

const maxOf = (n: Network): bigint => (1n << BigInt(bitsOf(n))) - 1n;

/** The bits of the host part, all set. */
export const hostBits = (n: Network): bigint => (1n << BigInt(bitsOf(n) - n.prefix)) - 1n;

/** The first address, as a number. */
export const firstOf = (n: Network): bigint => n.value & (maxOf(n) ^ hostBits(n));

/** The last address, as a number. */
export const lastOf = (n: Network): bigint => n.value | hostBits(n);

/** How many addresses there are. */
export const sizeOf = (n: Network): bigint => hostBits(n) + 1n;

function bytesOf(value: bigint, count: number): number[] {
  return Array.from({ length: count }, (_, i) => Number((value >> BigInt(8 * (count - 1 - i))) & 0xffn));
}

/** An address as text, IPv6 in its short form; undefined for a number beyond the last address. */
export function addressText(value: bigint, version: 4 | 6): string | undefined {
  const bits = version === 4 ? 32n : 128n;
  if (value < 0n || value >= 1n << bits) return undefined;
  const bytes = bytesOf(value, version === 4 ? 4 : 16);
  if (version === 4) return bytes.join('.');
  const mapped = value >> 32n === 0xffffn || (value >> 32n === 0n && value > 0xffffn);
  if (mapped) return `::${value >> 32n === 0xffffn ? 'ffff:' : ''}${bytes.slice(12).join('.')}`;
  return new ipaddr.IPv6(bytes).toRFC5952String();
}

function numberOf(bytes: readonly number[]): bigint {
  return bytes.reduce((n, byte) => (n << 8n) | BigInt(byte), 0n);
}

/** An address alone, or undefined when the text is none. */
export function parseAddress(text: string): Network | undefined {
  if (ipaddr.IPv4.isValidFourPartDecimal(text))
    return { version: 4, value: numberOf(ipaddr.IPv4.parse(text).toByteArray()), prefix: 32 };
  if (!text.includes(':') || text.includes('%') || !ipaddr.IPv6.isValid(text)) return undefined;
  return { version: 6, value: numberOf(ipaddr.IPv6.parse(text).toByteArray()), prefix: 128 };
}

function contiguous(mask: bigint): boolean {
  return (mask & (mask + 1n)) === 0n;
}

function prefixOf(text: string, address: Network): number | undefined {
  const bits = bitsOf(address);
  if (/^\d+$/.test(text)) return Number(text) <= bits ? Number(text) : undefined;
  const mask = parseAddress(text);
  if (!mask || mask.version !== address.version) return undefined;
  const inverted = mask.value ^ maxOf(mask);
  if (contiguous(inverted)) return bits - inverted.toString(2).replace(/^0$/, '').length;
  return contiguous(mask.value) ? bits - mask.value.toString(2).replace(/^0$/, '').length : undefined;
}

/** An address or network (`10.0.0.1`, `10.0.0.0/8`, `10/8`, `10.0.0.0/255.0.0.0`), or undefined. */
export function parseNetwork(text: string): Network | undefined {
  const [head = '', tail, more] = text.split('/');
  if (more !== undefined) return undefined;
  const partial = (tail !== undefined || head.includes('.')) && /^\d+(\.\d+){0,2}$/.test(head);
  const full = partial ? head + '.0'.repeat(3 - (head.match(/\./g)?.length ?? 0)) : head;
  const address = parseAddress(full);
  if (!address || tail === undefined) return address;
  const prefix = prefixOf(tail, address);
  return prefix === undefined ? undefined : { ...address, prefix };
}

/** `10.0.0.1/8`: the address itself with its prefix. */
export const networkText = (n: Network): string => `${addressText(n.value, n.version)}/${n.prefix}`;

/** `10.0.0.0/8`: the network that an address is in. */
export const cidrText = (n: Network): string => `${addressText(firstOf(n), n.version)}/${n.prefix}`;

/** True when all of one network lies in another. */
export function covers(outer: Network, inner: Network): boolean {
  return (
    outer.version === inner.version && firstOf(outer) <= firstOf(inner) && lastOf(inner) <= lastOf(outer)
  );
}
