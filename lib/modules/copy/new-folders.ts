import type { Action } from '../../node/actions/action.js';
import type { PathAnswer } from '../../node/queries/query.js';
import { NEW_DIRECTORY, newAttributes } from '../file-attributes.js';
import { makeFolders, missingFolders } from '../folders.js';
import type { CopyArgs } from './arguments.js';

/** Makes the folders that a dest with a slash at its end names and that are not there, with `directory_mode`. */
export function newFolders(a: CopyArgs, parent: PathAnswer, above: readonly PathAnswer[] = []): Action[] {
  if (!a.dest.endsWith('/') || parent.exists) return [];
  const { owner, group, directory_mode } = a;
  const attributes = newAttributes({ owner, group, mode: directory_mode }, NEW_DIRECTORY);
  return makeFolders(missingFolders(a.dest, above), attributes);
}
