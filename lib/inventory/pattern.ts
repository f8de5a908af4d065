import { FfeError } from '../errors/error.js';
import type { Inventory } from './inventory.js';
import { localhost } from './localhost.js';
import { hostsOf } from './settle.js';

const SUBSCRIPT = /^(.+)\[(?:(-?\d+)|(\d+)([:-])(\d*))\]$/;
const PIECE = /(?:[^\s:[\]]|\[[^\]]*\])+/g;
// One name or address, perhaps with ranges and a port: a colon in it separates no patterns.
const ONE_ADDRESS = /^(?:\[.+\]:\d+|[^:[\]]+:\d+|[0-9a-fA-F]*:[0-9a-fA-F:.]*:[0-9a-fA-F:.]*)$/;

/** Splits `web:&prod:!web3` or `a,b` into its parts, as written. */
export function splitPattern(pattern: string): string[] {
  if (pattern.includes(',')) return pattern.split(',').flatMap((p) => splitPattern(p.trim()));
  if (pattern.startsWith('~') || ONE_ADDRESS.test(pattern)) return [pattern];
  return pattern.match(PIECE) ?? [];
}

/** Python's fnmatch as a regular expression for the whole name. */
export function globRegExp(glob: string): RegExp {
  let out = '';
  for (let i = 0; i < glob.length; i++) {
    const ch = glob[i]!;
    const close = ch === '[' ? glob.indexOf(']', glob[i + 1] === '!' ? i + 3 : i + 2) : -1;
    if (ch === '*') out += '.*';
    else if (ch === '?') out += '.';
    else if (close > 0) {
      const set = glob.slice(i + 1, close).replaceAll('\\', '\\\\');
      out += set.startsWith('!') ? `[^${set.slice(1)}]` : `[${set.replace(/^\^/, '\\^')}]`;
      i = close;
    } else out += ch.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  }
  return new RegExp(`^(?:${out})$`, 's');
}

function matcher(pattern: string): (name: string) => boolean {
  if (!pattern.startsWith('~')) {
    if (!/[.?*[]/.test(pattern)) return (name) => name === pattern;
    const glob = globRegExp(pattern);
    return (name) => glob.test(name);
  }
  try {
    const regex = new RegExp(`^(?:${pattern.slice(1)})`);
    return (name) => regex.test(name);
  } catch (cause) {
    throw new FfeError('bad-value', `the host pattern '${pattern}' is no valid regular expression`, {
      cause,
    });
  }
}

type Subscript = number | { readonly start: number; readonly end: number };

function subscriptOf(pattern: string): { name: string; subscript?: Subscript } {
  const match = pattern.startsWith('~') ? null : SUBSCRIPT.exec(pattern);
  if (!match) return { name: pattern };
  if (match[2] !== undefined) return { name: match[1]!, subscript: Number(match[2]) };
  const end = match[5] ? Number(match[5]) : Number.POSITIVE_INFINITY;
  return { name: match[1]!, subscript: { start: Number(match[3]), end } };
}

function pick(hosts: readonly string[], subscript: Subscript | undefined, pattern: string): string[] {
  if (subscript === undefined || hosts.length === 0) return [...hosts];
  if (typeof subscript !== 'number') return hosts.slice(subscript.start, subscript.end + 1);
  const host = hosts.at(subscript);
  if (host === undefined)
    throw new FfeError('unknown-name', `no hosts match the pattern '${pattern}': it has ${hosts.length}`);
  return [host];
}

function enumerate(inventory: Inventory, pattern: string): string[] {
  const fits = matcher(pattern);
  const groups = [...inventory.groups.keys()].filter(fits);
  const found = new Set(groups.flatMap((group) => hostsOf(inventory, group)));
  if (groups.length === 0 || /[.?*[~]/.test(pattern))
    for (const [name, host] of inventory.hosts) if (!host.implicit && fits(name)) found.add(name);
  return found.size > 0 ? [...found] : localhost(inventory, pattern);
}

/** Hosts of one part without its `&` or `!`, in the inventory's order. Throws an FfeError for a bad subscript or regex. */
export function matchOne(inventory: Inventory, part: string): string[] {
  const { name, subscript } = subscriptOf(part);
  return pick(enumerate(inventory, name), subscript, part);
}

function ordered(parts: readonly string[]): string[] {
  const plain = parts.filter((p) => !/^[&!]/.test(p));
  const both = [...parts.filter((p) => p.startsWith('&')), ...parts.filter((p) => p.startsWith('!'))];
  return [...(plain.length > 0 ? plain : ['all']), ...both];
}

/** Hosts of a whole pattern; `missing` is told of parts that match nothing. */
export function matchPattern(
  inventory: Inventory,
  pattern: string | readonly string[],
  missing: (part: string) => void = () => {},
): string[] {
  const parts = (typeof pattern === 'string' ? [pattern] : pattern).flatMap(splitPattern);
  // Commas alone name nothing in particular, and so everything.
  if (parts.length === 0 && (typeof pattern !== 'string' || !pattern.includes(','))) return [];
  let hosts: string[] = [];
  for (const part of ordered(parts)) {
    const bare = part.replace(/^[&!]/, '');
    const known = inventory.hosts.get(bare);
    const found = known && !known.implicit ? [bare] : matchOne(inventory, bare);
    if (found.length === 0 && bare !== 'all') missing(bare);
    const set = new Set(found);
    if (part.startsWith('!')) hosts = hosts.filter((h) => !set.has(h));
    else if (part.startsWith('&')) hosts = hosts.filter((h) => set.has(h));
    else hosts = [...new Set([...hosts, ...found])];
  }
  return hosts;
}
