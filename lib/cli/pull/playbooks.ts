import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { FfeError } from '../../errors/error.js';

function problem(path: string): string | undefined {
  if (!existsSync(path)) return `${path}: File does not exist`;
  try {
    accessSync(path, constants.R_OK);
    return undefined;
  } catch {
    return `${path}: File is not readable`;
  }
}

/**
 * The playbooks of a checkout that are to be run: those named, or else the first there is of HOST.yml (full name, then
 * short) and local.yml. Throws code 'usage' with what is wrong with each.
 */
export function playbooksIn(folder: string, named: readonly string[], host: string): string[] {
  const short = host.split('.', 1)[0]!;
  const names = named.length > 0 ? named : [...new Set([`${host}.yml`, `${short}.yml`, 'local.yml'])];
  const paths = names.map((name) => join(folder, name));
  const problems = paths.flatMap((path) => problem(path) ?? []);
  const usable = paths.filter((path) => problem(path) === undefined);
  if (named.length > 0 && problems.length === 0) return paths;
  if (named.length === 0 && usable[0] !== undefined) return [usable[0]];
  throw new FfeError('usage', 'Could not find a playbook to run.', { notes: problems });
}
