import { didYouMean } from '../../errors/suggest.js';
import { isInt } from '../../values/number.js';
import { truthy } from '../../values/truth.js';
import { typeName } from '../../values/typename.js';
import type { Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import {
  addressText,
  covers,
  firstOf,
  lastOf,
  type Network,
  networkText,
  parseNetwork,
  sizeOf,
} from '../net/network.js';
import { QUERIES, type Subject } from '../net/queries.js';
import { isSequence, items, text } from '../read.js';
import { filter } from '../signature.js';

function numeric(n: bigint, version: Value): Subject | undefined {
  const small = version !== 6 && n < 1n << 32n;
  if (!small && (version === 4 || n >= 1n << 128n)) return undefined;
  const net: Network = small ? { version: 4, value: n, prefix: 32 } : { version: 6, value: n, prefix: 128 };
  return { net, kind: 'address', source: networkText(net) };
}

function subjectOf(value: Value, version: Value): Subject | undefined {
  const source = text(value);
  if (/^\d+$/.test(source)) return numeric(BigInt(source), version);
  const net = parseNetwork(source);
  if (net) return { net, kind: source.includes('/') ? 'network' : 'address', source: value };
  const [, number, prefix] = /^(\d+)\/(\d+)$/.exec(source) ?? [];
  const plain = number === undefined ? undefined : numeric(BigInt(number), false);
  if (!plain || Number(prefix) > (plain.net.version === 4 ? 32 : 128)) return undefined;
  const whole = { ...plain.net, prefix: Number(prefix) };
  return { net: whole, kind: 'network', source: networkText(whole) };
}

function nth(s: Subject, query: string): Value {
  const size = sizeOf(s.net);
  if (size === 1n)
    return s.kind === 'address' ? addressText(s.net.value, s.net.version)! : networkText(s.net);
  if (!/^[+-]?\d+$/.test(query)) return false;
  const index = BigInt(query);
  if (index >= size || index < -size) return false;
  const at = index < 0n ? lastOf(s.net) + index + 1n : firstOf(s.net) + index;
  return `${addressText(at, s.net.version)}/${s.net.prefix}`;
}

function one(value: Value, query: string, version: Value, alias: string): Value {
  if (!truthy(value) || value === true) return false;
  const s = subjectOf(value, version);
  if (!s || (truthy(version) && s.net.version !== version)) return false;
  const run = QUERIES.get(query);
  if (run) return run(s);
  const outer = /^\d+$/.test(query) ? undefined : parseNetwork(query);
  if (outer && query.includes('/')) return covers(outer, s.net) ? s.source : null;
  if (outer) return covers(outer, s.net) ? s.source : null;
  if (/^[+-]?\d+(\.\d+)?$/.test(query)) return nth(s, query);
  throw new TemplateError(`${alias}: unknown query '${query}'${didYouMean(query, QUERIES.keys())}`);
}

/** The ipaddr filter: a value, or the values of a list that answer a query; false or null where they do not. */
export function ipaddr(value: Value, query = '', version: Value = false, alias = 'ipaddr'): Value {
  if (!isSequence(value)) return one(value, query, version, alias);
  return items(value)
    .map((item) => ipaddr(item, query, version, alias))
    .filter(truthy);
}

function family(alias: string, version: Value): Filter {
  return filter('query? version? alias?', (input, [query = '', own]) => {
    if (typeof input !== 'string' && !Array.isArray(input) && !isInt(input) && typeof input !== 'boolean')
      throw new TemplateError(`${alias} needs a text, a number or a list, not ${typeName(input)}`);
    return ipaddr(input, text(query), version === false ? (own ?? false) : version, alias);
  });
}

function wrapOne(value: Value, query: string): Value {
  const answer = one(value, query, false, 'ipwrap');
  return truthy(answer) ? one(answer, 'wrap', false, 'ipwrap') : value;
}

/** Filters on IP addresses (collection ansible.utils). */
export const ipaddrFilters: Record<string, Filter> = {
  ipaddr: family('ipaddr', false),
  ipv4: family('ipv4', 4),
  ipv6: family('ipv6', 6),
  ipwrap: filter('query?', (input, [query = '']) => {
    const asked = text(query);
    if (typeof input !== 'string' && !isSequence(input))
      throw new TemplateError(`ipwrap needs a text or a list, not ${typeName(input)}`);
    return isSequence(input) ? items(input).map((item) => wrapOne(item, asked)) : wrapOne(input, asked);
  }),
};
