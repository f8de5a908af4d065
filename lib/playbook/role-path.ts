import { readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { statOf } from '../values/stat.js';
import { collectionRoots, collectionsInForce } from './collection-roots.js';
import type { RoleRequest } from './loading.js';

/** A role that was found: its name, its folder, and its collection if it is in one. */
export type FoundRole = { readonly name: string; readonly path: string; readonly collection?: string };

const isFolder = (path: string): boolean => statOf(path)?.isDirectory() ?? false;

function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

function inCollection(request: RoleRequest): FoundRole | undefined {
  const full = /^(\w+\.\w+)\.(\w+)$/.exec(request.name);
  const wanted = full
    ? [[full[1]!, full[2]!]]
    : collectionsInForce(request.place).map((c) => [c, request.name]);
  for (const [collection, name] of wanted as [string, string][])
    for (const folder of collectionRoots(request.place.loading)) {
      const path = join(folder, ...collection.split('.'), 'roles', name);
      if (isFolder(path)) return { name, path, collection };
    }
  return undefined;
}

function searchPath(request: RoleRequest): string[] {
  const { options, dir } = request.place.loading;
  const beside = request.place.use ? [dirname(request.place.use.role.path)] : [];
  const configured = (options.rolesPath ?? []).map(expandHome);
  // A project keeps its playbooks and its roles in folders beside each other.
  const sibling = basename(dir) === 'playbooks' ? [join(dirname(dir), 'roles')] : [];
  return [...new Set([join(dir, 'roles'), ...sibling, ...configured.map((p) => resolve(p)), ...beside, dir])];
}

function names(dir: string): string[] {
  return isFolder(dir)
    ? readdirSync(dir, { withFileTypes: true }).flatMap((e) => (e.isDirectory() ? e.name : []))
    : [];
}

/**
 * Finds a role: in collections, in roles/ beside the playbook or beside its folder playbooks/, in the roles_path,
 * beside the role that uses it, in the playbook's folder, and as a path. Throws an FfeError that names all places.
 */
export function findRole(request: RoleRequest): FoundRole {
  const found = inCollection(request);
  if (found) return found;
  const { name, pos } = request;
  const dirs = searchPath(request);
  for (const dir of dirs) {
    const path = resolve(dir, name);
    if (isFolder(path)) return { name: isAbsolute(name) ? basename(path) : name, path };
  }
  const path = resolve(expandHome(name));
  if (isFolder(path)) return { name: basename(path), path };
  const known = dirs.slice(0, -1).flatMap(names);
  throw new FfeError('not-found', `the role '${name}' was not found${didYouMean(name, known)}`, {
    pos,
    span: name.length,
    notes: dirs.map((dir) => `looked in ${dir}`),
  });
}
