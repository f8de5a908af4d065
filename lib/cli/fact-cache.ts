import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { type FactCache, fileFactCache } from '../vars/fact-cache.js';
import type { Config } from './config/config.js';

const KINDS = ['memory', 'jsonfile'];

function expanded(path: string): string {
  const known = path.replace(/\$\{?(\w+)\}?/g, (whole, name: string) => process.env[name] ?? whole);
  return resolve(known.replace(/^~(?=\/|$)/, homedir()));
}

/**
 * The fact cache of the configuration; undefined where facts are kept for one run only. Throws code 'unsupported' for a
 * kind of cache that there is not, and 'usage' when no folder is named.
 */
export function configuredFactCache(config: Config): FactCache | undefined {
  const kind = (config.text('CACHE_PLUGIN') ?? 'memory').replace(/^ansible\.(?:builtin|legacy)\./, '');
  if (kind === 'memory') return undefined;
  if (kind !== 'jsonfile')
    throw new FfeError('unsupported', `there is no fact cache '${kind}'${didYouMean(kind, KINDS)}`, {
      hint: `fact_caching is ${KINDS.join(' or ')}`,
    });
  const dir = config.text('CACHE_PLUGIN_CONNECTION');
  if (dir === undefined)
    throw new FfeError('usage', "the fact cache 'jsonfile' needs a folder", {
      hint: 'set fact_caching_connection, or ANSIBLE_CACHE_PLUGIN_CONNECTION',
    });
  // The setting has a default that file caches do not use.
  const prefix = config.given('CACHE_PLUGIN_PREFIX') ? config.text('CACHE_PLUGIN_PREFIX') : undefined;
  return fileFactCache({
    dir: expanded(dir),
    prefix: prefix ?? '',
    timeout: config.number('CACHE_PLUGIN_TIMEOUT') ?? 86_400,
  });
}
