import { int } from '../../values/number.js';
import type { Value } from '../../values/value.js';
import { TemplateError } from '../library.js';
import {
  addressText,
  bitsOf,
  cidrText,
  covers,
  firstOf,
  hostBits,
  lastOf,
  type Network,
  networkText,
  parseNetwork,
  sizeOf,
} from './network.js';
import { isLinkLocal, isLoopback, isMulticast, isPrivate, isPublic } from './ranges.js';

/** What a query looks at: the network, whether it was written with a prefix, and the text as it was given. */
export type Subject = { net: Network; kind: 'address' | 'network'; source: Value };

type Query = (s: Subject) => Value;

const show = (s: Subject, value: bigint): string => {
  const text = addressText(value, s.net.version);
  if (text === undefined) throw new TemplateError('the address is outside of its address space');
  return text;
};
const own = (s: Subject): string => show(s, s.net.value);
const first = (s: Subject): string => show(s, firstOf(s.net));
const mask = (s: Subject): string => show(s, ((1n << BigInt(bitsOf(s.net))) - 1n) ^ hostBits(s.net));
const wildcard = (s: Subject): string => show(s, hostBits(s.net));
const atStart = (s: Subject): boolean => s.net.value === firstOf(s.net);
const size = (s: Subject): bigint => sizeOf(s.net);

function broadcast(s: Subject): bigint | null {
  return s.net.version === 4 && bitsOf(s.net) - s.net.prefix <= 1 ? null : lastOf(s.net);
}

/** The first and last address that a host may have. */
export function usable(net: Network): [bigint, bigint] {
  const edge = sizeOf(net) === 2n ? 0n : 1n;
  return [firstOf(net) + edge, lastOf(net) - edge];
}

const ofNetwork =
  (query: Query): Query =>
  (s) => {
    if (s.kind === 'address') throw new TemplateError('not a network address');
    return size(s) > 1n ? query(s) : null;
  };

const neighbour = (step: bigint): Query =>
  ofNetwork((s) => {
    const [low, high] = usable(s.net);
    const next = s.net.value + step;
    return next >= low && next <= high ? show(s, next) : null;
  });

const peer = ofNetwork((s) => {
  if (size(s) === 2n) return show(s, s.net.value ^ 1n);
  if (size(s) !== 4n) throw new TemplateError('not a point-to-point network');
  if (s.net.value % 4n === 0n || s.net.value % 4n === 3n)
    throw new TemplateError('the network and broadcast address of a /30 have no peer');
  return show(s, s.net.value ^ 3n);
});

const when =
  (test: (n: Network) => boolean): Query =>
  (s) =>
    test(s.net) ? s.source : null;
const host = (s: Subject): Network => ({ ...s.net, prefix: bitsOf(s.net) });

const ip: Query = (s) => {
  if (size(s) === 1n || !atStart(s) || broadcast(s) === null || s.net.version === 6) return own(s);
  return null;
};

const addressPrefix: Query = (s) => {
  const edge = s.net.value === firstOf(s.net) || s.net.value === broadcast(s);
  return size(s) > 2n && edge ? false : networkText(s.net);
};

const hostQuery: Query = (s) =>
  size(s) === 1n || !atStart(s) || broadcast(s) === null ? networkText(s.net) : null;

const inNetwork =
  (join: (s: Subject) => string): Query =>
  (s) =>
    size(s) === 2n || (size(s) > 1n && !atStart(s)) ? join(s) : null;

const toV4: Query = (s) => {
  if (s.net.version === 4) return s.source;
  const mapped = s.net.value >> 32n;
  if (mapped !== 0n && mapped !== 0xffffn) return false;
  return `${addressText(s.net.value & 0xffffffffn, 4)}/${Math.max(0, s.net.prefix - 96)}`;
};

const toV6: Query = (s) => {
  if (s.net.version === 6) return s.source;
  const value = s.net.value | (0xffffn << 32n);
  return `${addressText(value, 6)}/${s.net.prefix + 96}`;
};

function sixToFour(s: Subject): Value {
  if (s.net.version === 6) {
    const tunnel = parseNetwork('2002::/16')!;
    const asked = s.kind === 'address' || !atStart(s);
    return asked && covers(tunnel, host(s)) ? s.source : false;
  }
  if (size(s) > 1n && atStart(s)) return false;
  const one = host(s);
  if (!isPublic(one) && !isPrivate(one)) return false;
  const hex = s.net.value.toString(16).padStart(8, '0');
  return `2002:${hex.slice(0, 4)}:${hex.slice(4)}::1/48`;
}

function reverse(s: Subject): string {
  if (s.net.version === 4) return `${own(s).split('.').reverse().join('.')}.in-addr.arpa.`;
  return `${[...s.net.value.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa.`;
}

const wrap: Query = (s) => {
  if (s.net.version === 4) return s.source;
  return `[${own(s)}]${s.kind === 'network' ? `/${s.net.prefix}` : ''}`;
};

const whole: Query = (s) => (s.kind === 'address' ? own(s) : networkText(s.net));
const number: Query = (s) => (s.kind === 'address' ? int(s.net.value) : `${s.net.value}/${s.net.prefix}`);
const subnet: Query = (s) => cidrText(s.net);
const typeOf: Query = (s) => (size(s) === 1n || !atStart(s) ? 'address' : 'network');
const isNet: Query = (s) => (size(s) > 1n && atStart(s) ? cidrText(s.net) : null);
const prefixed = inNetwork((s) => networkText(s.net));

/** The queries of the ipaddr filter by name; a query gives null or false where it does not apply. */
export const QUERIES: ReadonlyMap<string, Query> = new Map<string, Query>([
  ['', whole],
  ['6to4', sixToFour],
  ['address', ip],
  ['ip', ip],
  ...['address/prefix', 'gateway', 'gw', 'host/prefix', 'hostnet', 'router'].map((name): [string, Query] => [
    name,
    addressPrefix,
  ]),
  ['bool', () => true],
  ['broadcast', (s) => (size(s) > 2n ? show(s, lastOf(s.net)) : null)],
  ['cidr', (s) => networkText(s.net)],
  ['first_usable', ofNetwork((s) => show(s, usable(s.net)[0]))],
  ['last_usable', ofNetwork((s) => show(s, usable(s.net)[1]))],
  [
    'range_usable',
    ofNetwork((s) =>
      usable(s.net)
        .map((v) => show(s, v))
        .join('-'),
    ),
  ],
  ['next_usable', neighbour(1n)],
  ['previous_usable', neighbour(-1n)],
  ['peer', peer],
  ['host', hostQuery],
  ['hostmask', wildcard],
  ['wildcard', wildcard],
  ['int', number],
  ['ip/prefix', prefixed],
  ['ip_netmask', inNetwork((s) => `${own(s)} ${mask(s)}`)],
  ['ipv4', toV4],
  ['v4', toV4],
  ['ipv6', toV6],
  ['v6', toV6],
  ['link-local', (s) => (isLinkLocal(host(s)) ? s.source : null)],
  ['lo', (s) => (isLoopback(host(s)) ? s.source : null)],
  ['loopback', (s) => (isLoopback(host(s)) ? s.source : null)],
  ['multicast', when(isMulticast)],
  ['unicast', when((n) => !isMulticast(n))],
  ['private', when(isPrivate)],
  ['public', (s) => (isPublic(host(s)) ? s.source : null)],
  ['net', isNet],
  ['netmask', mask],
  ['network', first],
  ['network_id', first],
  ['network/prefix', subnet],
  ['subnet', subnet],
  ['network_netmask', (s) => `${first(s)} ${mask(s)}`],
  ['network_wildcard', (s) => `${first(s)} ${wildcard(s)}`],
  ['prefix', (s) => s.net.prefix],
  ['revdns', reverse],
  ['size', (s) => int(size(s))],
  ['size_usable', (s) => (size(s) === 1n ? 0 : size(s) === 2n ? 2 : int(size(s) - 2n))],
  ['type', typeOf],
  ['version', (s) => s.net.version],
  ['wrap', wrap],
]);
