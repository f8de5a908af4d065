import { homedir } from 'node:os';
import { join } from 'node:path';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import type { Loading, Place } from './loading.js';

const expandHome = (path: string): string => (path.startsWith('~/') ? join(homedir(), path.slice(2)) : path);

/**
 * The folders `ansible_collections` in which collections are looked for: beside the playbook, beside those that import it,
 * and those of the configuration.
 */
export function collectionRoots({ dirs, options }: Pick<Loading, 'dirs' | 'options'>): string[] {
  const beside = dirs.map((dir) => join(dir, 'collections'));
  const all = [...beside, ...(options.collectionsPath ?? []).map(expandHome)];
  return [...new Set(all)].map((root) => join(root, 'ansible_collections'));
}

const names = (value: Raw | undefined): string[] | undefined =>
  Array.isArray(value) ? value.map((name) => str(name as Value)) : undefined;

/**
 * The collections in which short names are looked for: those of the keyword `collections`, else the one of the role or
 * the playbook that the place is in. `own` is a task that may have the keyword itself.
 */
export function collectionsInForce(place: Place, own?: ReadonlyMap<Value, Raw>): string[] {
  const written = names(own?.get('collections'));
  if (written) return written;
  for (let frame = place.frame as Place['frame'] | undefined; frame; frame = frame.parent) {
    const found = names(frame.directives.get('collections')?.value);
    if (found) return found;
  }
  const [, space, name] = /\/ansible_collections\/(\w+)\/(\w+)\//.exec(place.file) ?? [];
  const collection = place.use?.role.collection ?? (space && `${space}.${name}`);
  return collection ? [collection] : [];
}
