import type { Action } from './actions/action.js';
import type { Answer, PathAnswer, Query } from './queries/query.js';

/** Says of a query and its cached answer whether that may be wrong from now on. */
export type Stale = (query: Query, answer?: Answer) => boolean;

/** What actions make stale: a file action its own path and what is below, a run everything unless it names paths. */
export function staleAfter(actions: readonly Action[]): Stale {
  const touched: string[] = [];
  for (const action of actions) {
    if (action.kind === 'run' && action.touches === undefined) return () => true;
    // Where a link leads is not known here.
    if (action.kind === 'attributes' && action.follow) return () => true;
    touched.push(...pathsOf(action));
  }
  return (query, answer) => hasOtherNames(answer) || touched.some((path) => affects(path, query));
}

function pathsOf(action: Action): readonly string[] {
  if (action.kind === 'run') return action.touches ?? [];
  if (action.kind === 'rename') return [action.from, action.to];
  // The file behind a hard link counts one name more.
  if (action.kind === 'link' && action.hard) return [action.path, action.target];
  return [action.path];
}

/** A file that has several names may have been changed by another one. */
function hasOtherNames(answer: Answer | undefined): boolean {
  const several = (one: PathAnswer) => one.exists && one.type === 'file' && one.nlink > 1;
  if (answer?.kind === 'tree') return answer.entries.some((one) => one.type === 'file' && one.nlink > 1);
  return answer?.kind === 'path' && several(answer);
}

// Files that stand behind answers of other kinds.
const ACCOUNTS = /^\/etc\/(passwd|group|shadow|gshadow|nsswitch\.conf)$/;
const UNITS = /\/systemd\/|\/init\.d\//;
const PACKAGES = /^\/etc\/apt(\/|$)|^\/var\/lib\/(dpkg|apt)(\/|$)/;

function affects(path: string, query: Query): boolean {
  switch (query.kind) {
    case 'path':
      return (query.follow && !isApart(query.path)) || shareName(path, query.path);
    case 'tree':
      return query.follow || shareName(path, query.path) || isBelow(path, query.path);
    case 'package':
      return PACKAGES.test(path);
    case 'unit':
      return UNITS.test(path);
    case 'passwd':
    case 'group':
      return ACCOUNTS.test(path);
    // A command may read any file, and facts may come from local files.
    case 'getent':
    case 'read':
    case 'facts':
      return true;
  }
}

/** Nothing that an action writes can be meant by these. */
function isApart(path: string): boolean {
  return path.startsWith('/proc/') || path.startsWith('/sys/');
}

/**
 * The same file may be reached by several paths when a directory on the way is a link (/run and /var/run). Their last
 * names stay the same, so every path that has the name of the touched one, or of its parent at the end, counts.
 */
function shareName(touched: string, asked: string): boolean {
  const names = namesOf(touched);
  const others = namesOf(asked);
  const name = names.at(-1) ?? '';
  return others.length === 0 || others.includes(name) || others.at(-1) === names.at(-2);
}

function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.');
}

function isBelow(path: string, top: string): boolean {
  const names = namesOf(path);
  const last = namesOf(top).at(-1);
  return last === undefined || names.includes(last);
}
