import { lstatSync, readdirSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { float } from '../../values/number.js';
import { statOf } from '../../values/stat.js';
import type { Value } from '../../values/value.js';
import type { Lookup } from '../library.js';
import { lookup, termText } from './options.js';
import { findFile } from './search.js';

/** The names of the controller's users or groups by number. */
function namesIn(file: string): ReadonlyMap<number, string> {
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  return new Map(rows.filter((row) => row.length > 2).map(([name, , id]) => [Number(id), name!]));
}

function kindOf(path: string, stat: Stats): Value[][] | undefined {
  if (stat.isSymbolicLink())
    return [
      ['state', 'link'],
      ['src', readlinkSync(path)],
    ];
  if (stat.isDirectory()) return [['state', 'directory']];
  return stat.isFile()
    ? [
        ['state', 'file'],
        ['src', path],
      ]
    : undefined;
}

type Names = { users: ReadonlyMap<number, string>; groups: ReadonlyMap<number, string> };

function entry(root: string, path: string, names: Names): Value[] {
  const full = join(root, path);
  const stat = lstatSync(full);
  const kind = kindOf(full, stat);
  if (!kind) return [];
  const rest: [string, Value][] = [
    ['uid', stat.uid],
    ['gid', stat.gid],
    ['owner', names.users.get(stat.uid) ?? stat.uid],
    ['group', names.groups.get(stat.gid) ?? stat.gid],
    ['mode', `0${(stat.mode & 0o7777).toString(8).padStart(3, '0')}`],
    ['size', stat.size],
    ['mtime', float(stat.mtimeMs / 1000)],
    ['ctime', float(stat.ctimeMs / 1000)],
  ];
  const parts = [['root', root], ['path', path], ...kind, ...rest] as [Value, Value][];
  return [new Map(parts)];
}

/** Everything below a folder: its folders, its files, then what is in the folders; links are not followed. */
function walk(root: string, folder: string): string[] {
  const isFolder = (name: string): boolean => statOf(join(folder, name))?.isDirectory() === true;
  const names = readdirSync(folder).sort();
  const folders = names.filter(isFolder);
  const own = [...folders, ...names.filter((name) => !folders.includes(name))];
  const real = folders.filter((name) => !lstatSync(join(folder, name)).isSymbolicLink());
  const paths = own.map((name) => relative(root, join(folder, name)));
  return [...paths, ...real.flatMap((name) => walk(root, join(folder, name)))];
}

/** The lookup that lists a tree of files on the controller (collection community.general). */
export const fileTreeLookups: Record<string, Lookup> = {
  filetree: lookup('', (terms, _options, { host }) => {
    const names = { users: namesIn('/etc/passwd'), groups: namesIn('/etc/group') };
    const seen = new Set<string>();
    return terms.flatMap((term) => {
      const folder = findFile(host, 'files', dirname(termText(term)));
      const root = folder === undefined ? undefined : join(folder, basename(termText(term)));
      if (root === undefined || !statOf(root)?.isDirectory()) return [];
      const fresh = walk(root, root).filter((path) => !seen.has(path) && seen.add(path));
      return fresh.flatMap((path) => entry(root, path, names));
    });
  }),
};
