import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FfeError } from '../../errors/error.js';
import type { Pos } from '../../values/position.js';

/** How something to install is fetched. `galaxy`: only a Galaxy server would know it. */
export type Way = 'git' | 'archive' | 'folder' | 'galaxy';

/** A role or collection to install: where from, which version, under which name. */
export type Requirement = {
  readonly kind: 'role' | 'collection';
  readonly way: Way;
  /** A path, or an address that git or a download understands. */
  readonly source: string;
  /** The folder within a repository that holds the collection. */
  readonly within?: string;
  readonly version?: string;
  readonly name?: string;
  readonly pos?: Pos;
};

/** What a requirements file or a command line says of one. */
export type Wanted = {
  readonly src: string;
  readonly version?: string;
  readonly name?: string;
  readonly scm?: string;
  readonly pos?: Pos;
};

const ARCHIVE = /\.(?:tar(?:\.\w+)?|tgz|zip)$/;
const GIT = /^(?:git\+|git:\/\/|git@|ssh:\/\/)|\.git(?:[#,]|$)/;

/** The name of a role that an address gives: its last part, without endings. */
export function roleNameOf(src: string): string {
  const last = basename(src.split(',')[0]!.replace(/#.*$/, '').replace(/\/+$/, ''));
  return last.replace(/\.git$/, '').replace(ARCHIVE, '');
}

function local(path: string, base: string): string {
  if (path.startsWith('file://')) return fileURLToPath(path);
  return resolve(base, path.replace(/^~(?=\/|$)/, homedir()));
}

/** Addresses on hosts that serve repositories may leave out the ending. */
const HOSTED = /^https?:\/\/(?:github\.com|gitlab\.com|bitbucket\.org)\/[^/]+\/[^/]+\/?$/;

function wayOf(src: string, scm: string | undefined, base: string): { way: Way; source: string } {
  const plain = src.replace(/^git\+/, '');
  if (scm !== undefined && scm !== 'git' && scm !== '')
    throw new FfeError('unsupported', `scm '${scm}' is not supported`, { hint: 'git is' });
  const path = local(plain.replace(/#.*$/, ''), base);
  if (scm === 'git' || GIT.test(src) || HOSTED.test(src)) {
    const remote = /^\w[\w+.-]*:\/\/|^[^/]+@[^/]+:/.test(plain) && !plain.startsWith('file://');
    return { way: 'git', source: remote ? plain.replace(/#.*$/, '') : path };
  }
  if (/^https?:\/\//.test(plain)) return { way: 'archive', source: plain };
  if (plain.startsWith('file://') || /^[./~]/.test(plain) || plain.includes('/') || ARCHIVE.test(plain)) {
    if (ARCHIVE.test(path)) return { way: 'archive', source: path };
    return { way: existsSync(resolve(path, '.git')) ? 'git' : 'folder', source: path };
  }
  return { way: 'galaxy', source: plain };
}

/** What is wanted, with the way to it. `base` is the folder that relative paths start from. Throws code 'unsupported'. */
export function requirementOf(kind: Requirement['kind'], wanted: Wanted, base: string): Requirement {
  const { src, version, scm, pos } = wanted;
  const { way, source } = wayOf(src, scm, base);
  const within = way === 'git' ? /#\/?([^,]*)/.exec(src)?.[1] || undefined : undefined;
  const name = wanted.name ?? (kind === 'role' ? roleNameOf(src) : undefined);
  // A version of a folder that is no repository cannot be chosen.
  return { kind, way, source, within, version: version === '' ? undefined : version, name, pos };
}

/** A requirement as one word: `src[,version[,name]]` of a role, `name[:version]` or `src[,version]` of a collection. */
export function wordWanted(kind: Requirement['kind'], word: string, pos?: Pos): Wanted {
  const [src = '', version, name] = word.split(',').map((part) => part.trim());
  const named = /^(\w+\.\w+):(.+)$/.exec(src);
  if (kind === 'collection' && named) return { src: named[1]!, version: named[2], pos };
  return { src, version, name, pos };
}

/** The error for what only a Galaxy server knows. */
export function needsServer({ kind, source, pos }: Requirement): FfeError {
  return new FfeError(
    'unsupported',
    `the ${kind} '${source}' would have to come from a Galaxy server, and none is asked`,
    {
      pos,
      hint:
        kind === 'role'
          ? 'name where it lies: src: a folder, an archive, or https://host/repository.git'
          : 'name where it lies: a folder, an archive, or git+https://host/repository.git',
    },
  );
}

/** The folder that a requirements file's relative paths start from. */
export const baseOf = (file: string): string => dirname(resolve(file));
