import { existsSync, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { RoleRequest } from './loading.js';

/** A role that was found: its name, its folder, and its collection if it is in one. */
export type FoundRole = { readonly name: string; readonly path: string; readonly collection?: string };

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

function expandHome(path: string): string {
  return path.startsWith('~/') ? join(homedir(), path.slice(2)) : path;
}

function collectionFolders(request: RoleRequest): string[] {
  const { options, dir } = request.place.loading;
  const roots = [join(dir, 'collections'), ...(options.collectionsPath ?? [])].map(expandHome);
  return roots.map((root) => join(root, 'ansible_collections'));
}

function collectionsInForce(request: RoleRequest): string[] {
  for (
    let frame = request.place.frame as RoleRequest['place']['frame'] | undefined;
    frame;
    frame = frame.parent
  ) {
    const value = frame.directives.get('collections')?.value;
    if (Array.isArray(value)) return value.map((name) => str(name as Value));
  }
  const own = request.place.use?.role.collection;
  return own ? [own] : [];
}

function inCollection(request: RoleRequest): FoundRole | undefined {
  const full = /^(\w+\.\w+)\.(\w+)$/.exec(request.name);
  const wanted = full ? [[full[1]!, full[2]!]] : collectionsInForce(request).map((c) => [c, request.name]);
  for (const [collection, name] of wanted as [string, string][])
    for (const folder of collectionFolders(request)) {
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
  return existsSync(dir)
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
