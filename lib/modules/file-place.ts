import { basename, dirname } from 'node:path/posix';
import { type PathAnswer, type PathQuery, path } from '../node/queries/query.js';
import type { FileWishes } from './file-attributes.js';
import type { PlanInfo } from './module.js';
import { type Place, placeQueries } from './write-file.js';

type Names = 'link' | 'file' | 'parent' | 'insideLink' | 'insideFile';

/** The queries about dest, its folder, and the file in dest where that may be a folder. */
export type PlaceAsks = { readonly [K in Names]: PathQuery | undefined };

/** Their answers. */
export type PlaceAnswers = { readonly [K in Names]?: PathAnswer };

function inFolder(dest: string, name: string): string {
  return `${dest.replace(/\/+$/, '')}/${name}`;
}

/** Queries that tell where a file called `name` goes; a dest without an extension may well be a folder. */
export function placeAsks(dest: string, name: string, wishes: FileWishes, info: PlanInfo): PlaceAsks {
  const folder = dest.endsWith('/');
  const asked = placeQueries(folder ? inFolder(dest, name) : dest, wishes, info);
  const maybe = !folder && !basename(dest).includes('.') && basename(dest) !== name;
  const parent = path(folder ? dest : dirname(dest), { follow: true });
  return { ...asked, parent, ...insideAsks(maybe, dest, name, wishes, info) };
}

function insideAsks(wanted: boolean, dest: string, name: string, wishes: FileWishes, info: PlanInfo) {
  const within = wanted ? placeQueries(inFolder(dest, name), wishes, info) : undefined;
  return { insideLink: within?.link, insideFile: within?.file };
}

/** What is still to be asked when dest turns out to be a folder. */
export function morePlaceAsks(
  dest: string,
  name: string,
  answers: PlaceAnswers,
  wishes: FileWishes,
  info: PlanInfo,
): Pick<PlaceAsks, 'insideLink' | 'insideFile'> | undefined {
  if (dest.endsWith('/') || answers.insideFile || !isFolder(answers.file)) return undefined;
  return insideAsks(true, dest, name, wishes, info);
}

function isFolder(answer: PathAnswer | undefined): boolean {
  return answer?.exists === true && answer.type === 'directory';
}

/** Where the file goes. */
export function placeOf(dest: string, name: string, answers: PlaceAnswers): Place {
  const { insideLink, insideFile } = answers;
  const [link, file, parent] = [answers.link!, answers.file!, answers.parent!];
  const inside = inFolder(dest, name);
  if (dest.endsWith('/')) return { path: inside, link, file, parent };
  if (isFolder(file) && insideLink && insideFile)
    return { path: inside, link: insideLink, file: insideFile, parent: file };
  return { path: dest, link, file, parent };
}
