import { resolve } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { didYouMean } from '../../errors/suggest.js';
import { keyPos, type Pos, posOf } from '../../values/position.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';
import { readYaml } from '../../yaml/file.js';
import { baseOf, type Requirement, requirementOf, type Wanted, wordWanted } from './requirement.js';

type Kind = Requirement['kind'];
type Dict = Map<Value, Raw>;

const KEYS: Readonly<Record<Kind, readonly string[]>> = {
  role: ['src', 'role', 'name', 'version', 'scm', 'include'],
  collection: ['name', 'version', 'source', 'type', 'signatures', 'src'],
};
/** What `type:` of a collection says about the way to it, as an scm. */
const TYPES: ReadonlySet<string> = new Set(['git', 'file', 'url', 'dir', 'subdirs', 'galaxy']);

function text(dict: Dict, key: string): string | undefined {
  const value = dict.get(key);
  return value === undefined || value === null ? undefined : str(value as Value);
}

function checkKeys(kind: Kind, dict: Dict, pos: Pos | undefined): void {
  // Old files hold role parameters, too, which mean nothing to who installs.
  if (kind === 'role' && dict.has('role')) return;
  for (const key of dict.keys())
    if (!KEYS[kind].includes(str(key)))
      throw new FfeError(
        'unknown-name',
        `'${str(key)}' is no key of a ${kind} to install${didYouMean(str(key), KEYS[kind])}`,
        {
          pos: keyPos(dict, key) ?? pos,
        },
      );
}

function wantedOf(kind: Kind, item: Raw, pos: Pos | undefined): Wanted {
  if (typeof item === 'string') return wordWanted(kind, item, pos);
  if (!(item instanceof Map))
    throw new FfeError('bad-value', `a ${kind} to install is a text or a dict`, { pos });
  const dict = item as Dict;
  checkKeys(kind, dict, pos);
  const [name, type] = [text(dict, 'name'), text(dict, 'type')];
  if (type !== undefined && !TYPES.has(type))
    throw new FfeError('bad-value', `the type of a collection is ${[...TYPES].join(', ')}, found '${type}'`, {
      pos,
    });
  const src =
    kind === 'role' ? (text(dict, 'src') ?? text(dict, 'role') ?? name) : (text(dict, 'src') ?? name);
  if (src === undefined || src === '')
    throw new FfeError('bad-value', `this ${kind} to install says not where it is`, {
      pos,
      hint: kind === 'role' ? 'src: ...' : 'name: ...',
    });
  const given = wordWanted(kind, src, pos);
  return {
    ...given,
    version: text(dict, 'version') ?? given.version,
    name: kind === 'role' ? (name ?? given.name) : undefined,
    scm: text(dict, 'scm') ?? (type === 'git' ? 'git' : undefined),
  };
}

function listed(kind: Kind, list: Raw | undefined, file: string): Requirement[] {
  if (list === undefined || list === null) return [];
  if (!Array.isArray(list))
    throw new FfeError('bad-value', `${kind}s to install are a list`, {
      pos: posOf(list) ?? { file, line: 1, col: 1 },
    });
  return list.flatMap((item, i) => {
    const include = item instanceof Map ? text(item as Dict, 'include') : undefined;
    if (kind === 'role' && include !== undefined) return readRequirements(resolve(baseOf(file), include));
    return [requirementOf(kind, wantedOf(kind, item as Raw, posOf(list, i)), baseOf(file))];
  });
}

/**
 * Reads requirements: a list of roles (the old form), or a dict of `roles` and `collections`. Throws an FfeError with
 * position.
 */
export function readRequirements(file: string): Requirement[] {
  const root = readYaml(file);
  if (root === null) return [];
  if (Array.isArray(root)) return listed('role', root, file);
  if (!(root instanceof Map))
    throw new FfeError('bad-value', 'requirements are a list of roles, or a dict of roles and collections', {
      pos: { file, line: 1, col: 1 },
    });
  const dict = root as Dict;
  for (const key of dict.keys())
    if (key !== 'roles' && key !== 'collections')
      throw new FfeError(
        'unknown-name',
        `'${str(key)}' is no key of requirements${didYouMean(str(key), ['roles', 'collections'])}`,
        {
          pos: keyPos(dict, key) ?? { file, line: 1, col: 1 },
        },
      );
  return [...listed('role', dict.get('roles'), file), ...listed('collection', dict.get('collections'), file)];
}
