import { asIndex, int, isInt } from '../../values/number.js';
import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import {
  addressText,
  bitsOf,
  cidrText,
  covers,
  firstOf,
  lastOf,
  type Network,
  networkText,
  parseAddress,
  parseNetwork,
  sizeOf,
} from '../net/network.js';
import { usable } from '../net/queries.js';
import { asText, items, text } from '../read.js';
import { filter } from '../signature.js';

const valid = (v: Value | undefined): Network => {
  const net = parseNetwork(text(v));
  if (!net) throw new TemplateError(`'${text(v)}' is no IP address or network`);
  return net;
};

const shown = (value: bigint, version: 4 | 6): string => {
  const out = addressText(value, version);
  if (out === undefined) throw new TemplateError('the result is outside of the address space');
  return out;
};

const network = (n: Network): Network => ({ ...n, value: firstOf(n) });

const ipmath = filter('amount', (input, [amount]) => {
  const net = asText(input).includes('/') ? parseNetwork(asText(input)) : parseAddress(asText(input));
  if (!net) throw new TemplateError(`ipmath: '${text(input)}' is no IP address`);
  if (!isInt(amount)) throw new TemplateError('ipmath: the amount must be a whole number');
  return shown(net.value + BigInt(amount), net.version);
});

function split(net: Network, prefix: number, index: bigint | undefined): Value {
  const bits = bitsOf(net);
  if (prefix > bits) return false;
  if (prefix < net.prefix) {
    if (index === undefined && sizeOf(net) > 1n)
      throw new TemplateError(`the subnet size ${prefix} is larger than the network`);
    return cidrText({ ...net, prefix: prefix + Number(index ?? 0n) });
  }
  const count = 1n << BigInt(prefix - net.prefix);
  if (index === undefined) return text(int(count));
  const at = index < 0n ? index + count : index;
  if (at < 0n || at >= count) return false;
  return `${addressText(firstOf(net) + (at << BigInt(bits - prefix)), net.version)}/${prefix}`;
}

function position(net: Network, outer: Network): Value {
  if (!covers(outer, net))
    throw new TemplateError(`${cidrText(net)} is not in the subnet ${cidrText(outer)}`);
  return text(int(((firstOf(net) - firstOf(outer)) >> BigInt(bitsOf(net) - net.prefix)) + 1n));
}

const ipsubnet = filter('query? index?', (input, [query = '', index]) => {
  const parsed = parseNetwork(text(input));
  if (!parsed) return false;
  const alone = parsed.value !== firstOf(parsed) || sizeOf(parsed) === 1n;
  const net = network(parsed);
  if (!truthy(query)) return cidrText(alone ? parsed : net);
  const asked = text(query);
  if (!/^\d+$/.test(asked)) return position(net, network(valid(query)));
  return split(
    net,
    Number(asked),
    index === undefined || index === null ? undefined : BigInt(asIndex(Number(text(index)))),
  );
});

function usableAt(input: Value, offset: Value | undefined, sign: bigint): Value {
  const net = parseNetwork(text(input));
  if (!net) return false;
  if (!isInt(offset)) throw new TemplateError('the offset must be a whole number');
  if (sizeOf(net) <= 1n) return null;
  const [low, high] = usable(net);
  const at = net.value + sign * BigInt(offset);
  return at >= low && at <= high ? shown(at, net.version) : null;
}

const inNetwork = (outer: Network, test: Value): boolean => {
  const inner = parseNetwork(text(test));
  return inner !== undefined && covers(network(outer), network(inner));
};

function inUsable(outer: Network, test: Value): boolean {
  const inner = parseNetwork(text(test));
  if (!inner || inner.version !== outer.version) return false;
  const [low, high] = sizeOf(outer) === 1n ? [outer.value, outer.value] : usable(outer);
  return firstOf(inner) >= low && lastOf(inner) <= high;
}

function nthHost(input: Value, query: Value): Value {
  const net = parseNetwork(text(input));
  if (!net || !truthy(query) || !/^-?\d+$/.test(text(query))) return false;
  const n = BigInt(text(query));
  if (n >= sizeOf(net) || n < -sizeOf(net)) return false;
  return shown(n < 0n ? lastOf(net) + n + 1n : firstOf(net) + n, net.version);
}

function siblings(a: Network, b: Network): boolean {
  return (
    a.version === b.version &&
    a.prefix === b.prefix &&
    a.prefix > 0 &&
    firstOf({ ...a, prefix: a.prefix - 1 }) === firstOf({ ...b, prefix: b.prefix - 1 })
  );
}

function merged(nets: Network[]): Network[] {
  const order = nets
    .map(network)
    .sort(
      (a, b) =>
        a.version - b.version || Number(a.value > b.value) - Number(a.value < b.value) || a.prefix - b.prefix,
    );
  const out: Network[] = [];
  for (const net of order) {
    if (out.length && covers(out.at(-1)!, net)) continue;
    out.push(net);
    while (out.length > 1 && siblings(out.at(-2)!, out.at(-1)!)) {
      out.pop();
      const low = out.pop()!;
      out.push({ ...low, prefix: low.prefix - 1 });
    }
  }
  return out;
}

function span(nets: Network[]): Value {
  if (nets.length === 0) return null;
  let cover = network(nets[0]!);
  if (nets.length === 1) return networkText(nets[0]!);
  while (!nets.every((net) => covers(cover, net))) cover = network({ ...cover, prefix: cover.prefix - 1 });
  return networkText(cover);
}

const MOST_ADDRESSES = 1n << 20n;

function usableRange(source: string): Value {
  const net = parseNetwork(source);
  if (!net || firstOf(net) !== net.value)
    throw new TemplateError(`usable_range: '${source}' is no network, or has host bits set`);
  if (sizeOf(net) > MOST_ADDRESSES)
    throw new TemplateError(`usable_range: '${source}' has more than ${MOST_ADDRESSES} addresses`);
  const all = Array.from({ length: Number(sizeOf(net)) }, (_, i) =>
    shown(net.value + BigInt(i), net.version),
  );
  return new Map<Value, Value>([
    ['usable_ips', all],
    ['number_of_ips', all.length],
  ]);
}

/** Filters that calculate with networks (collection ansible.utils). */
export const networkFilters: Record<string, Filter> = {
  ipmath,
  ipsubnet,
  nthhost: filter('query?', (input, [query = '']) => nthHost(input, query)),
  next_nth_usable: filter('offset', (input, [offset]) => usableAt(input, offset, 1n)),
  previous_nth_usable: filter('offset', (input, [offset]) => usableAt(input, offset, -1n)),
  network_in_network: filter('test', (input, [test]) => inNetwork(valid(input), test!)),
  network_in_usable: filter('test', (input, [test]) => inUsable(valid(input), test!)),
  reduce_on_network: filter('network', (input, [net]) =>
    items(input).filter((item) => inNetwork(valid(net), item)),
  ),
  cidr_merge: filter('action?', (input, [action = 'merge']) => {
    const nets = items(input).map(valid);
    if (action === 'span') return span(nets);
    if (action !== 'merge')
      throw new TemplateError(`cidr_merge: the action must be 'merge' or 'span', not '${text(action)}'`);
    return merged(nets).map(networkText);
  }),
  'ansible.utils.usable_range': filter('', (input) => usableRange(text(input))),
  ip4_hex: filter('delimiter?', (input, [delimiter = '']) =>
    text(input)
      .split('.')
      .map((part) => Number(part).toString(16).padStart(2, '0'))
      .join(text(delimiter)),
  ),
};
