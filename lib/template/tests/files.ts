import { lstatSync, type Stats, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { TemplateError, type Test } from '../library.js';
import { asText } from '../read.js';
import { is } from '../signature.js';

function follow(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}

function self(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

function isMount(path: string): boolean {
  const here = self(path);
  if (!here || here.isSymbolicLink()) return false;
  const above = follow(dirname(resolve(path)));
  return above !== undefined && (above.dev !== here.dev || above.ino === here.ino);
}

function same(a: string, b: string): boolean {
  const [x, y] = [follow(a), follow(b)];
  if (!x || !y) throw new TemplateError(`there is no file ${x ? b : a}`);
  return x.dev === y.dev && x.ino === y.ino;
}

const onPath = (test: (path: string) => boolean): Test => is('', (v) => test(asText(v, 'a path')));

const directory = onPath((p) => follow(p)?.isDirectory() === true);
const file = onPath((p) => follow(p)?.isFile() === true);
const link = onPath((p) => self(p)?.isSymbolicLink() === true);
const absolute = onPath((p) => p.startsWith('/'));
const mount = onPath(isMount);
const sameFile = is('f2', (a, [b]) => same(asText(a), asText(b)));

/** Tests of files on the controller. */
export const fileTests: Record<string, Test> = {
  directory,
  is_dir: directory,
  file,
  is_file: file,
  link,
  is_link: link,
  exists: onPath((p) => follow(p) !== undefined),
  link_exists: onPath((p) => self(p) !== undefined),
  abs: absolute,
  is_abs: absolute,
  same_file: sameFile,
  is_same_file: sameFile,
  mount,
  is_mount: mount,
};
