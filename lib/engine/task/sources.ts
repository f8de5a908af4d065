import { createHash } from 'node:crypto';
import {
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from 'node:fs';
import { hostname, userInfo } from 'node:os';
import { join, relative } from 'node:path';
import { FfeError } from '../../errors/error.js';
import type { Source, SourceAnswer, TreeEntry } from '../../modules/source.js';
import { decodeBytes, localPath } from '../../node/bytes.js';
import type { Content } from '../../node/content.js';
import type { TemplateOptions } from '../../template/templater.js';
import { dateOf } from '../../template/time/special.js';
import type { Value } from '../../values/value.js';
import type { LayeredScope } from '../../vars/scope.js';
import { candidates } from '../scopes.js';
import { varsAnswer } from './vars-source.js';

/** Files above this size are streamed instead of held in memory. */
const HELD = 4 * 1024 * 1024;
const VAULT = '$ANSIBLE_VAULT;';

const sha1 = (data: Uint8Array): string => createHash('sha1').update(data).digest('hex');

function look(kind: 'files' | 'templates', src: string, scope: LayeredScope): string | undefined {
  return candidates(kind, src, scope.tools.files.searchPath).find((c) => existsSync(localPath(c)));
}

function missing(kind: 'files' | 'templates', src: string, scope: LayeredScope): string {
  const places = candidates(kind, src, scope.tools.files.searchPath).map((c) => `\n\t${c}`);
  return `Could not find or access '${src}'\nSearched in:${places.join('')} on the Ansible Controller.\nIf you are using a module and expect the file to exist on the remote, see the remote_src option`;
}

/** The first bytes of a file. */
function headOf(file: string, length: number): Buffer {
  const fd = openSync(localPath(file), 'r');
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(fd, head, 0, length, 0));
  } finally {
    closeSync(fd);
  }
}

/** SHA-1 of a file that is too large to be held in memory. */
function sha1OfFile(file: string): string {
  const hash = createHash('sha1');
  const fd = openSync(localPath(file), 'r');
  try {
    const chunk = Buffer.alloc(HELD);
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk))
      hash.update(chunk.subarray(0, read));
    return hash.digest('hex');
  } finally {
    closeSync(fd);
  }
}

const isVault = (head: Uint8Array): boolean =>
  Buffer.from(head.subarray(0, VAULT.length)).toString('latin1') === VAULT;

function openedVault(data: Buffer, file: string, scope: LayeredScope): Uint8Array {
  const { unvault, unvaultBytes } = scope.tools.files;
  try {
    return unvaultBytes?.(data, file) ?? Buffer.from(unvault(data.toString('utf8'), file));
  } catch (error) {
    if (!(error instanceof FfeError) || !error.message.includes('no vault secrets found')) throw error;
    const { code, hint } = error;
    throw new FfeError(code, `A vault password or secret must be specified to decrypt ${file}`, { hint });
  }
}

/** A file's content as a node gets it: vault files opened, big ones left on disk and read in pieces. */
function contentOf(
  file: string,
  decrypt: boolean,
  scope: LayeredScope,
): { content: Content; sha1: string; size: number } {
  const { size } = statSync(localPath(file));
  if (size > HELD && !(decrypt && isVault(headOf(file, VAULT.length)))) {
    const digest = sha1OfFile(file);
    return { content: { kind: 'local', path: file, size, sha1: digest }, sha1: digest, size };
  }
  const data = readFileSync(localPath(file));
  if (decrypt && isVault(data)) {
    const opened = openedVault(data, file, scope);
    return { content: { kind: 'bytes', data: opened }, sha1: sha1(opened), size: opened.length };
  }
  return { content: { kind: 'bytes', data }, sha1: sha1(data), size };
}

function fileAnswer(source: Extract<Source, { kind: 'file-source' }>, scope: LayeredScope): SourceAnswer {
  const file = look('files', source.src, scope);
  if (!file) return { kind: 'file-source', found: false, msg: missing('files', source.src, scope) };
  const info = statSync(localPath(file));
  const directory = info.isDirectory();
  const body = directory
    ? { content: { kind: 'bytes' as const, data: new Uint8Array() }, sha1: '', size: 0 }
    : contentOf(file, source.decrypt, scope);
  return { kind: 'file-source', found: true, path: file, directory, mode: info.mode & 0o7777, ...body };
}

function pathAnswer(src: string, scope: LayeredScope): SourceAnswer {
  const places = candidates('files', src, scope.tools.files.searchPath);
  return { kind: 'path-source', path: places.find((c) => existsSync(localPath(c))) ?? places.at(-1) ?? src };
}

type Walk = { readonly root: string; readonly source: Extract<Source, { kind: 'tree-source' }> };

function realPath(at: string): string {
  return decodeBytes(realpathSync.native(localPath(at), 'buffer'));
}

/** What a path is, looking through a link where the source wants that and the link does not lead back up. */
function statOf({ source }: Walk, at: string, above: readonly string[]): Stats {
  const info = lstatSync(localPath(at));
  if (!info.isSymbolicLink() || !source.follow) return info;
  // Links that lead nowhere, or in a circle, stay what they are.
  const behind = existsSync(localPath(at)) ? statSync(localPath(at)) : undefined;
  return behind && !above.includes(realPath(at)) ? behind : info;
}

/** What is in a folder, files before folders as Ansible walks them. */
function partsOf(walk: Walk, at: string, above: readonly string[]): string[] {
  const parts = readdirSync(localPath(at), { encoding: 'buffer' })
    .map(decodeBytes)
    .sort()
    .map((name) => join(at, name));
  const folder = (part: string) => statOf(walk, part, above).isDirectory();
  const folders = new Set(parts.filter(folder));
  return [...parts.filter((part) => !folders.has(part)), ...folders];
}

function* walkTree(
  walk: Walk,
  at: string,
  scope: LayeredScope,
  above: readonly string[] = [],
): Iterable<TreeEntry> {
  const info = statOf(walk, at, above);
  const common = { relative: relative(walk.root, at), mode: info.mode & 0o7777 };
  if (info.isSymbolicLink())
    yield {
      ...common,
      type: 'link',
      size: 0,
      sha1: '',
      target: decodeBytes(readlinkSync(localPath(at), 'buffer')),
    };
  else if (info.isDirectory()) {
    yield { ...common, type: 'directory', size: 0, sha1: '' };
    const within = [...above, realPath(at)];
    for (const part of partsOf(walk, at, within)) yield* walkTree(walk, part, scope, within);
  } else yield { ...common, type: 'file', ...contentOf(at, walk.source.decrypt, scope) };
}

function treeAnswer(source: Extract<Source, { kind: 'tree-source' }>, scope: LayeredScope): SourceAnswer {
  const root = look('files', source.src, scope);
  if (!root) return { kind: 'tree-source', found: false, msg: missing('files', source.src, scope) };
  return {
    kind: 'tree-source',
    found: true,
    path: root,
    entries: [...walkTree({ root, source }, root, scope)],
  };
}

const OPTIONS: Readonly<Record<string, keyof TemplateOptions>> = {
  trim_blocks: 'trimBlocks',
  lstrip_blocks: 'lstripBlocks',
  keep_trailing_newline: 'keepTrailingNewline',
  newline_sequence: 'newlineSequence',
  block_start_string: 'blockStart',
  block_end_string: 'blockEnd',
  variable_start_string: 'variableStart',
  variable_end_string: 'variableEnd',
  comment_start_string: 'commentStart',
  comment_end_string: 'commentEnd',
};

function templateOptions(given: Readonly<Record<string, string | boolean | undefined>>): TemplateOptions {
  const out: Record<string, string | boolean> = {};
  for (const [name, value] of Object.entries(given)) {
    const key = OPTIONS[name];
    if (key !== undefined && value !== undefined) out[key] = value;
  }
  return out as TemplateOptions;
}

function templateAnswer(
  source: Extract<Source, { kind: 'template-source' }>,
  scope: LayeredScope,
): SourceAnswer {
  const file = look('templates', source.src, scope);
  if (!file) return { kind: 'template-source', found: false, msg: missing('templates', source.src, scope) };
  const data = readFileSync(localPath(file));
  const text = isVault(data) ? scope.tools.files.unvault(data.toString('utf8'), file) : data.toString('utf8');
  const { templater, files } = scope.tools;
  const inner = scope.with(templateVariables(file, source));
  return {
    kind: 'template-source',
    found: true,
    path: file,
    mode: statSync(localPath(file)).mode & 0o7777,
    text: templater.file(text, file, inner, files, templateOptions(source.options)),
  };
}

/** Variables that a .j2 file sees about itself. */
function templateVariables(
  file: string,
  { src, dest }: Extract<Source, { kind: 'template-source' }>,
): ReadonlyMap<string, Value> {
  const { uid, mtime } = statSync(localPath(file));
  return new Map<string, Value>([
    ['template_path', src],
    ['template_fullpath', file],
    ['template_mtime', dateOf(mtime)],
    ['template_run_date', dateOf(new Date())],
    ['template_uid', userName(uid)],
    ['ansible_managed', 'Ansible managed'],
    ['template_host', hostname()],
    ...(dest === undefined ? [] : ([['template_destpath', dest]] as const)),
  ]);
}

function userName(uid: number): Value {
  const me = userInfo();
  return me.uid === uid ? me.username : uid;
}

/** Answers a module's question about the controller: a file, a tree, a rendered template. */
export function answerSource(source: Source, scope: LayeredScope): SourceAnswer {
  switch (source.kind) {
    case 'file-source':
      return fileAnswer(source, scope);
    case 'tree-source':
      return treeAnswer(source, scope);
    case 'path-source':
      return pathAnswer(source.src, scope);
    case 'template-source':
      return templateAnswer(source, scope);
    case 'vars-source':
      return varsAnswer(source, scope);
    default:
      throw new FfeError('internal', `no such source: ${JSON.stringify(source)}`);
  }
}
