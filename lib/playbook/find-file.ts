import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { nearest } from '../errors/suggest.js';
import type { Pos } from '../values/position.js';
import { statOf } from '../values/stat.js';
import type { Place } from './loading.js';

const isFile = (path: string): boolean => statOf(path)?.isFile() ?? false;

/** A file of the same folder whose name is near a missing one's. */
function neighbour(path: string): string | undefined {
  try {
    return nearest(basename(path), readdirSync(dirname(path)));
  } catch {
    return undefined;
  }
}

/** The error for a file that is in none of the places it was looked for. */
export function missingFile(what: string, name: string, tried: readonly string[], pos: Pos): FfeError {
  const near = tried.map(neighbour).find((found) => found !== undefined);
  return new FfeError(
    'not-found',
    `${what} '${name}' was not found${near ? ` (did you mean '${near}'?)` : ''}`,
    {
      pos,
      notes: tried.map((path) => `looked for ${path}`),
    },
  );
}

/**
 * The task file that an import or include means: beside the file it is written in, then in the role's tasks (or
 * handlers) folder and the role itself, then beside the playbook. Throws an FfeError naming all places.
 */
export function findTasks(name: string, place: Place, pos: Pos): string {
  const folder = place.handler ? 'handlers' : 'tasks';
  const role = place.use?.role.path;
  const dirs = [
    dirname(place.file),
    ...(role ? [join(role, folder), join(role, 'tasks'), role] : []),
    place.loading.dir,
    join(place.loading.dir, 'tasks'),
  ];
  const candidates = isAbsolute(name) ? [name] : [...new Set(dirs.map((dir) => resolve(dir, name)))];
  const found = candidates.find(isFile);
  if (found === undefined) throw missingFile('the task file', name, candidates, pos);
  return found;
}

const EXTENSIONS = ['.yml', '.yaml', '.json'];

/** Files of a folder `name` in the order of their names, folders in it included. */
function filesBelow(dir: string): string[] {
  return readdirSync(dir)
    .sort()
    .filter((name) => !name.startsWith('.') && !name.endsWith('~'))
    .flatMap((name) => {
      const path = join(dir, name);
      if (statSync(path).isDirectory()) return filesBelow(path);
      return ['', ...EXTENSIONS].includes(extname(name)) ? [path] : [];
    });
}

/**
 * The files behind `main` (or `tasks_from: name`) in one of a role's folders: with `folders`, a directory of that
 * name stands for all files in it. Empty when there is none.
 */
export function roleFiles(dir: string, name: string | undefined, folders: boolean): string[] {
  const endings = name === undefined ? [...EXTENSIONS, ''] : ['', ...EXTENSIONS];
  for (const ending of endings) {
    const path = resolve(dir, `${name ?? 'main'}${ending}`);
    if (!existsSync(path)) continue;
    if (isFile(path)) return [path];
    if (folders) return filesBelow(path);
  }
  return [];
}
