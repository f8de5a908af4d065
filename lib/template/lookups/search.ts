import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { decode } from '../bytes.js';
import { expandUser } from '../filters/paths.js';
import { type HostFiles, TemplateError } from '../library.js';

const VAULT = '$ANSIBLE_VAULT';

/** Where a file is looked for: in `files` (or another folder) of every folder on the path, then in the folder itself. */
function candidates(host: HostFiles, folder: string, name: string): string[] {
  const inFolder = name.split('/', 1)[0] === folder ? [] : [folder];
  return [...host.searchPath, host.baseDir].flatMap((base) => [
    ...inFolder.map((sub) => `${base}/${sub}/${name}`),
    `${base}/${name}`,
  ]);
}

/** The first place where a file (or folder) exists, or undefined. */
export function findFile(host: HostFiles, folder: string, name: string): string | undefined {
  const path = expandUser(name);
  const places = path.startsWith('/') ? [resolve(path)] : candidates(host, folder, path);
  return places.find((place) => existsSync(place));
}

/** The path of a file that must exist; the error, which starts with `words`, lists where it was looked for. */
export function mustFind(
  host: HostFiles,
  folder: string,
  name: string,
  words = `the file '${name}' was not found (No such file or directory)`,
): string {
  const found = findFile(host, folder, name);
  if (found !== undefined) return found;
  const places = candidates(host, folder, expandUser(name));
  throw new TemplateError(`${words}${name.startsWith('/') ? '' : ` in ${places.join(', ')}`}`);
}

/** The text of a file on the controller, opened first when it is a vault. */
export function readText(host: HostFiles, path: string, encoding = 'utf-8'): string {
  const data = readFileSync(path);
  if (data.subarray(0, VAULT.length).toString('latin1') !== VAULT) return decode(data, encoding);
  const opened = host.unvault(data.toString('utf8'), path);
  host.secret(opened);
  return opened;
}
