import { dirname } from 'node:path/posix';
import type { Action, Attributes } from '../node/actions/action.js';
import type { PathAnswer } from '../node/queries/query.js';

/** Every folder above a path, outermost first. */
export function foldersAbove(path: string): string[] {
  const up = dirname(path);
  return up === path || up === '.' ? [] : [...foldersAbove(up), up];
}

/** A path without slashes at its end. */
export function bare(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}

/** The folder and those above it that are not there, outermost first, judged by what is known of folders. */
export function missingFolders(folder: string, known: readonly PathAnswer[]): string[] {
  const there = new Set(known.filter((a) => a.exists).map((a) => bare(a.path)));
  const missing: string[] = [];
  for (let at = bare(folder); at !== '/' && at !== '.' && !there.has(at); at = dirname(at))
    missing.unshift(at);
  return missing;
}

/** Makes folders one by one, each with the attributes. */
export function makeFolders(folders: readonly string[], attributes: Attributes): Action[] {
  return folders.map((path) => ({ kind: 'mkdir', path, parents: false, attributes }));
}
