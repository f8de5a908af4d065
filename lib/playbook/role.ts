import { join } from 'node:path';
import { FfeError } from '../errors/error.js';
import { str } from '../values/print.js';
import { truthy } from '../values/truth.js';
import type { Raw, Value } from '../values/value.js';
import { checkKeywords } from './check-keywords.js';
import { missingFile, roleFiles } from './find-file.js';
import { ROLE_META } from './keywords.js';
import type { Loading, RoleRequest } from './loading.js';
import { type Dict, kindOf, placeOf } from './raw.js';
import type { FoundRole } from './role-path.js';
import type { Role, VarsFile } from './tree.js';

/** The file of a role that a request means, or undefined when the role has none. Throws an FfeError for a missing `_from`. */
export function partFiles(
  role: FoundRole,
  request: RoleRequest,
  part: 'tasks' | 'handlers' | 'vars' | 'defaults',
): string[] {
  const name = request.from[part];
  const dir = join(role.path, part);
  const files = roleFiles(dir, name, part === 'vars' || part === 'defaults');
  const outside = files.find((file) => !file.startsWith(`${dir}/`));
  if (outside !== undefined)
    throw new FfeError(
      'bad-value',
      `Failed loading '${outside}' for role (${role.name}) as it is not inside the expected role path: '${dir}'`,
      { pos: request.pos },
    );
  if (files.length === 0 && name !== undefined)
    throw missingFile(
      `${part}_from of role '${role.name}'`,
      name,
      [join(dir, name), join(dir, `${name}.yml`)],
      request.pos,
    );
  return files;
}

function varsOf(loading: Loading, files: readonly string[]): VarsFile[] {
  return files.flatMap((file) => {
    const root = loading.read(file);
    if (root === null) return [];
    if (root instanceof Map) return [{ file, vars: root as Map<string, Raw> }];
    throw new FfeError('bad-value', `a role's variables are a dict, not ${kindOf(root)}`, {
      pos: placeOf(root, file),
    });
  });
}

function dictOf(loading: Loading, files: readonly string[]): { dict: Dict; file: string } | undefined {
  const [file] = files;
  if (file === undefined) return undefined;
  const root = loading.read(file);
  if (root === null) return undefined;
  if (root instanceof Map) return { dict: root as Dict, file };
  throw new FfeError('bad-value', `this file holds a dict, not ${kindOf(root)}`, {
    pos: placeOf(root, file),
  });
}

/** What a role says of itself: its dependencies as written, whether it may run twice, its argument specs. */
export type RoleMeta = {
  readonly file: string;
  readonly dependencies: readonly Raw[];
  readonly list: Raw;
  readonly allowDuplicates: boolean;
  readonly argumentSpecs?: ReadonlyMap<string, Raw>;
};

/** Reads meta/main.yml and meta/argument_specs.yml of a role. */
export function readRoleMeta(loading: Loading, role: FoundRole): RoleMeta {
  const dir = join(role.path, 'meta');
  const found = dictOf(loading, roleFiles(dir, undefined, false));
  const specs =
    dictOf(loading, roleFiles(dir, 'argument_specs', false))?.dict.get('argument_specs') ??
    found?.dict.get('argument_specs');
  const argumentSpecs = specs instanceof Map ? (specs as ReadonlyMap<string, Raw>) : undefined;
  if (!found) return { file: dir, dependencies: [], list: null, allowDuplicates: false, argumentSpecs };
  const { dict, file } = found;
  checkKeywords(loading, dict, ROLE_META, 'RoleMetadata', (key) => key === 'standalone');
  const list = dict.get('dependencies') ?? null;
  if (list !== null && !Array.isArray(list))
    throw new FfeError('bad-value', `dependencies are a list of roles, not ${kindOf(list)}`, {
      pos: placeOf(dict, file, 'dependencies'),
    });
  const duplicates = dict.get('allow_duplicates') as Value | undefined;
  return {
    file,
    dependencies: (list ?? []) as Raw[],
    list,
    allowDuplicates:
      duplicates !== undefined &&
      (typeof duplicates === 'string' ? /^(?:y|yes|true|on|1)$/i.test(duplicates) : truthy(duplicates)),
    argumentSpecs,
  };
}

/** Reads what a role is by itself: its defaults, variables and meta data. */
export function readRole(loading: Loading, found: FoundRole, request: RoleRequest, meta: RoleMeta): Role {
  loading.options.plugins?.(found.path);
  return {
    name: found.name,
    path: found.path,
    defaults: varsOf(loading, partFiles(found, request, 'defaults')),
    vars: varsOf(loading, partFiles(found, request, 'vars')),
    allowDuplicates: request.allowDuplicates ?? meta.allowDuplicates,
    argumentSpecs: meta.argumentSpecs,
    collection: found.collection,
  };
}

/** A name for how a role was entered, part of "already ran": its `_from` files. */
export function entryOf(request: RoleRequest): string {
  const parts = Object.entries(request.from).map(([part, name]) => `${part}=${str(name)}`);
  return parts.length > 0 ? parts.join(',') : 'main';
}
