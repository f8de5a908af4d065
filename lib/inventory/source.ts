import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { didYouMean } from '../errors/suggest.js';
import { statOf } from '../values/stat.js';
import { attempt, type Reports } from './reports.js';
import { likeliestWay, type Reading } from './ways.js';

/** Names in a folder of inventories that are none: what they end in, and regular expressions for others. */
export type Ignored = { readonly extensions: readonly string[]; readonly patterns: readonly string[] };

const FOLDERS = ['host_vars', 'group_vars', 'vars_plugins'];

/** What Ansible passes over unless it is told otherwise. */
export const IGNORED: Ignored = {
  extensions: '.pyc .pyo .swp .bak ~ .rpm .md .txt .rst .orig .ini .cfg .retry'.split(' '),
  patterns: [],
};

/** How sources are read, and who is told of each that could not be, and why. */
export type SourceReading = Reading & {
  readonly ignored: Ignored;
  readonly failed: (source: string, errors: readonly FfeError[], reader?: string) => void;
};

/** Whether a source is a list of hosts: it has a comma and is no file. */
export function isHostList(source: string, cwd: string): boolean {
  return source.includes(',') && !existsSync(resolve(cwd, source));
}

function missing(path: string): FfeError {
  const folder = dirname(path);
  const names = statOf(folder)?.isDirectory() ? readdirSync(folder) : [];
  return new FfeError('not-found', `there is no inventory '${path}'${didYouMean(basename(path), names)}`, {
    hint: `a list of hosts has a comma, for example -i '${basename(path)},'`,
  });
}

function isIgnored(name: string, { extensions, patterns }: Ignored): boolean {
  if (name.startsWith('.') || FOLDERS.includes(name)) return true;
  return extensions.some((end) => name.endsWith(end)) || patterns.some((p) => new RegExp(p).test(name));
}

function readFile(reading: SourceReading, path: string): boolean {
  const errors: FfeError[] = [];
  const reports: Reports = { ...reading.reports, error: (e) => errors.push(e) };
  let reader: string | undefined;
  attempt(reports, () => {
    const way = likeliestWay({ ...reading, reports }, path);
    reader = way.readers[0];
    way.read();
  });
  if (errors.length > 0) reading.failed(path, errors, reader);
  return errors.length === 0;
}

function readFolder(reading: SourceReading, path: string): boolean {
  const names = readdirSync(path)
    .sort()
    .filter((name) => !isIgnored(name, reading.ignored));
  const read = names.map((name) => readSource(reading, join(path, name)));
  if (read.includes(true)) return true;
  const empty = new FfeError('not-found', `the inventory folder '${path}' holds no inventory file`);
  reading.failed(path, names.length === 0 ? [empty] : []);
  return false;
}

/** Reads a file, an executable or a folder of them into the inventory; what is wrong goes to `failed`. Answers whether any was read. */
export function readSource(reading: SourceReading, path: string): boolean {
  const stat = statOf(path);
  if (stat) return stat.isDirectory() ? readFolder(reading, path) : readFile(reading, path);
  reading.failed(path, [missing(path)]);
  return false;
}
