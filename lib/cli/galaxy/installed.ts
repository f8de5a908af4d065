import * as fs from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { statOf } from '../../values/stat.js';
import { readManifest } from './collections.js';
import { installedVersion } from './roles.js';

function folders(dir: string): string[] {
  if (!fs.existsSync(dir)) return [];
  return fs
    .readdirSync(dir)
    .filter((name) => !name.startsWith('.') && statOf(join(dir, name))?.isDirectory())
    .sort();
}

const isRole = (dir: string): boolean =>
  ['tasks', 'meta', 'defaults', 'handlers'].some((part) => fs.existsSync(join(dir, part)));

/** The roles of some folders, as ansible-galaxy lists them; a name restricts the list. */
export function listRoles(paths: readonly string[], name?: string): string {
  return paths
    .filter((path) => fs.existsSync(path))
    .map((path) => {
      const roles = folders(path).filter(
        (role) => isRole(join(path, role)) && (name === undefined || role === name),
      );
      const rows = roles.map(
        (role) => `- ${role}, ${installedVersion(join(path, role)) || '(unknown version)'}\n`,
      );
      return `# ${path}\n${rows.join('')}`;
    })
    .join('');
}

/** The collections of some folders, as ansible-galaxy lists them; a name restricts the list. */
export function listCollections(paths: readonly string[], name?: string): string {
  return paths
    .map((path) => join(path, 'ansible_collections'))
    .flatMap((root) => {
      const found = folders(root).flatMap((space) =>
        folders(join(root, space)).map(
          (one) => [`${space}.${one}`, readManifest(join(root, space, one))?.version || '*'] as const,
        ),
      );
      const rows = found.filter(([full]) => name === undefined || full === name);
      if (rows.length === 0) return [];
      const width = Math.max(10, ...rows.map(([full]) => full.length));
      const last = Math.max(7, ...rows.map(([, version]) => version.length));
      const line = (a: string, b: string): string => `${a.padEnd(width)} ${b.padEnd(last)}`;
      const head = [line('Collection', 'Version'), `${'-'.repeat(width)} ${'-'.repeat(last)}`];
      return [`\n# ${root}\n${[...head, ...rows.map(([a, b]) => line(a, b))].join('\n')}\n`];
    })
    .join('');
}

/** Removes a role from the first folder that has it; answers what is said. Throws code 'bad-value' for a path. */
export function removeRole(paths: readonly string[], name: string): string {
  if (name === '' || name.includes('/') || name === '..' || name === '.')
    throw new FfeError('usage', `'${name}' is no name of a role`);
  const dir = paths.map((path) => join(path, name)).find((path) => fs.existsSync(path));
  if (dir === undefined) return `- ${name} is not installed, skipping.\n`;
  fs.rmSync(dir, { recursive: true });
  return `- successfully removed ${name}\n`;
}
