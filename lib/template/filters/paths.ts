import { readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname as parent, posix, relative, resolve } from 'node:path';
import { statOf } from '../../values/stat.js';
import { Tuple, type Value } from '../../values/value.js';
import { glob } from '../glob.js';
import { type Filter, TemplateError } from '../library.js';
import { asText, classOf, isSequence, items } from '../read.js';
import { filter } from '../signature.js';

const basename = (p: string): string => p.slice(p.lastIndexOf('/') + 1);

function dirname(p: string): string {
  const head = p.slice(0, p.lastIndexOf('/') + 1);
  return /^\/*$/.test(head) ? head : head.replace(/\/+$/, '');
}

function homeOf(user: string): string | undefined {
  if (user === '') return process.env.HOME ?? homedir();
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((l) => l.startsWith(`${user}:`));
  return line?.split(':')[5];
}

/** Python's expanduser(): `~` and `~name` at the start. */
export function expandUser(p: string): string {
  const match = /^~([^/]*)(\/[\s\S]*)?$/.exec(p);
  const home = match ? homeOf(match[1]!) : undefined;
  if (!match || home === undefined) return p;
  return home.replace(/\/+$/, '') + (match[2] ?? '') || '/';
}

/** Python's expandvars(): `$NAME` and `${NAME}` of the environment; unknown names stay. */
export function expandVars(p: string): string {
  return p.replace(
    /\$(\w+|\{[^}]*\})/g,
    (whole, name: string) => process.env[name.replace(/[{}]/g, '')] ?? whole,
  );
}

function realpath(p: string): string {
  const full = resolve(p);
  try {
    return realpathSync(full);
  } catch {
    return full === '/' ? full : posix.join(realpath(parent(full)), basename(full));
  }
}

function relpath(p: string, start: string): string {
  if (p === '') throw new TemplateError('relpath: no path specified');
  return relative(resolve(start), resolve(p)) || '.';
}

function splitext(p: string): [string, string] {
  const name = basename(p);
  const dot = name.lastIndexOf('.');
  if (dot < 0 || /^\.*$/.test(name.slice(0, dot))) return [p, ''];
  return [p.slice(0, p.length - name.length + dot), name.slice(dot)];
}

/** Python's os.path.join(): an absolute part starts anew. */
export function joinPath(parts: readonly string[]): string {
  return parts.reduce((path, part) => {
    if (part.startsWith('/') || path === '') return part;
    return path.endsWith('/') ? path + part : `${path}/${part}`;
  });
}

function shareEnd(p: string): number {
  const mark = (from: number) => p.slice(from).search(/[\\/]/);
  const server = mark(2);
  if (server < 0) return p.length;
  const share = mark(server + 3);
  return share < 0 ? p.length : share + server + 3;
}

function splitDrive(p: string): [string, string] {
  if (p[1] === ':') return [p.slice(0, 2), p.slice(2)];
  const end = /^[\\/]{2}/.test(p) ? shareEnd(p) : 0;
  return [p.slice(0, end), p.slice(end)];
}

function winSplit(p: string): [string, string] {
  const [drive, rest] = splitDrive(p);
  const name = /[^\\/]*$/.exec(rest)![0];
  const head = rest.slice(0, rest.length - name.length);
  return [drive + (head.replace(/[\\/]+$/, '') || head), name];
}

function pathJoin(v: Value): string {
  if (typeof v === 'string') return v;
  if (!isSequence(v))
    throw new TemplateError(`|path_join expects string or sequence, got ${classOf(v)} instead.`);
  if (items(v).length === 0) throw new TemplateError('path_join needs at least one part');
  return joinPath(items(v).map((part) => asText(part)));
}

const onPath = (run: (p: string) => Value): Filter => filter('', (p) => run(asText(p, 'a path')));

/** Filters on paths. Those that look at files look at the controller's. */
export const pathFilters: Record<string, Filter> = {
  basename: onPath(basename),
  dirname: onPath(dirname),
  expanduser: onPath(expandUser),
  expandvars: onPath(expandVars),
  realpath: onPath(realpath),
  relpath: filter('start?', (p, [start = '.']) => relpath(asText(p), asText(start))),
  splitext: onPath((p) => new Tuple(splitext(p))),
  path_join: filter('', pathJoin),
  win_basename: onPath((p) => winSplit(p)[1]),
  win_dirname: onPath((p) => winSplit(p)[0]),
  win_splitdrive: onPath((p) => new Tuple(splitDrive(p))),
  fileglob: onPath((p) => glob(p).filter((f) => statOf(f)?.isFile() === true)),
};
