import { readFileSync } from 'node:fs';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { statOf } from '../values/stat.js';
import type { Inventory, InventoryRules } from './inventory.js';
import { matchPattern } from './pattern.js';

/** The order of hosts in a play, as the keyword `order` names it. */
export type HostOrder = 'inventory' | 'reverse_inventory' | 'sorted' | 'reverse_sorted' | 'shuffle';

/** The patterns of `--limit`: several separated by commas, `@file` for a file with one on each line. */
export function limitPatterns(limit: string): string[] {
  return limit.split(',').flatMap((part) => {
    const text = part.trim();
    if (text === '') return [];
    if (!text.startsWith('@')) return [text];
    const file = text.slice(1);
    if (statOf(file)?.isDirectory())
      throw new FfeError('not-found', `--limit @${file} must be a file, and that is a folder`);
    try {
      return readFileSync(file, 'utf8')
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !line.startsWith('#'));
    } catch (cause) {
      throw new FfeError('not-found', `--limit: the file '${file}' cannot be read`, { cause });
    }
  });
}

function warningFor(inventory: Inventory, part: string): string {
  const known = [...inventory.groups.keys(), ...inventory.hosts.keys()];
  return `Could not match supplied host pattern, ignoring: ${part}${didYouMean(part, known)}`;
}

function sorted(hosts: string[], order: HostOrder | undefined): string[] {
  if (order === 'sorted') return hosts.sort();
  if (order === 'reverse_sorted') return hosts.sort().reverse();
  if (order === 'reverse_inventory') return hosts.reverse();
  if (order !== 'shuffle') return hosts;
  for (let i = hosts.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [hosts[i], hosts[j]] = [hosts[j]!, hosts[i]!];
  }
  return hosts;
}

/** What narrows a pattern, orders its hosts, and what a part that matches nothing is (else the inventory's rule). */
export type Selecting = {
  readonly limit?: string;
  readonly order?: HostOrder;
  readonly mismatch?: InventoryRules['mismatch'];
};

/**
 * The hosts of a play's pattern within `--limit`, with a warning for every part that matches nothing. Throws an
 * FfeError for a bad subscript or regular expression.
 */
export function selectHosts(
  inventory: Inventory,
  pattern: string | readonly string[],
  options: Selecting = {},
): { readonly hosts: string[]; readonly warnings: readonly string[] } {
  const warnings = new Set<string>();
  const { mismatch = inventory.rules.mismatch } = options;
  const missing = (part: string): void => {
    const text = warningFor(inventory, part);
    if (mismatch === 'error') throw new FfeError('not-found', text);
    if (mismatch === 'warning') warnings.add(text);
  };
  let hosts = matchPattern(inventory, pattern, missing);
  const limit = limitPatterns(options.limit ?? '');
  // A file without hosts leaves none; commas alone are no limit.
  if (limit.length === 0 && options.limit?.includes('@'))
    warnings.add(`--limit ${options.limit}: no host is listed, so none is left`);
  if (limit.length > 0 || options.limit?.includes('@')) {
    const within = new Set(matchPattern(inventory, limit, missing));
    hosts = hosts.filter((host) => within.has(host));
  }
  return { hosts: sorted(hosts, options.order), warnings: [...warnings] };
}
