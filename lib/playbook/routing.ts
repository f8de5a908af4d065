import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { posOf } from '../values/position.js';
import { str } from '../values/print.js';
import type { Raw, Value } from '../values/value.js';
import { collectionRoots } from './collection-roots.js';
import type { Place } from './loading.js';

type Dict = ReadonlyMap<Value, Raw>;

// What a module's name may be listed under, the first one first (Ansible's documentation of meta/runtime.yml).
const KINDS = ['action', 'modules'];

const dictAt = (owner: Raw | Dict | undefined, key: string): Dict | undefined => {
  const value = owner instanceof Map ? (owner as Dict).get(key) : undefined;
  return value instanceof Map ? (value as Dict) : undefined;
};

/** What a collection says of a name of its own: where it went, that it goes away, or that it is gone. */
function entryOf(collection: string, name: string, place: Place): Dict | undefined {
  const roots = collectionRoots(place.loading).map((root) => join(root, ...collection.split('.')));
  const file = roots.map((root) => join(root, 'meta', 'runtime.yml')).find((path) => existsSync(path));
  if (file === undefined) return undefined;
  const routing = dictAt(place.loading.read(file), 'plugin_routing');
  for (const kind of KINDS) {
    const entry = dictAt(dictAt(routing, kind), name);
    if (entry) return entry;
  }
  return undefined;
}

function told(entry: Dict, collection: string): string {
  const [text, version, date] = ['warning_text', 'removal_version', 'removal_date'].map((key) => {
    const value = entry.get(key);
    return value === undefined || value === null ? undefined : str(value as Value);
  });
  const when = version === undefined ? date && `after ${date}` : `in version ${version}`;
  return [text && ` ${text}.`, when && ` (${collection}, ${when})`].filter(Boolean).join('');
}

/**
 * The name that a collection's `meta/runtime.yml` gives a module of its own instead; undefined where it does not. Throws code
 * 'unsupported' for a module that is gone.
 */
export function redirectOf(full: string, place: Place): string | undefined {
  const [, collection = '', name = ''] = /^(\w+\.\w+)\.(\w+)$/.exec(full) ?? [];
  const entry = collection === '' ? undefined : entryOf(collection, name, place);
  if (!entry) return undefined;
  const tombstone = dictAt(entry, 'tombstone');
  if (tombstone)
    throw new FfeError('unsupported', `${full} has been removed.${told(tombstone, collection)}`, {
      pos: posOf(tombstone),
    });
  const deprecation = dictAt(entry, 'deprecation');
  if (deprecation) {
    const text = `${full} has been deprecated.${told(deprecation, collection)}`;
    place.loading.warnings.push({ text, pos: posOf(deprecation) });
  }
  const target = entry.get('redirect');
  return typeof target === 'string' ? target : undefined;
}
