import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Content } from '../../node/content.js';
import type { PathAnswer } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { ArgSpec, ArgsOf } from '../args.js';
import { attributeChange, type fileArgs } from '../file-attributes.js';
import type { ModuleResult, RunInfo } from '../module.js';
import { checksumFor, parseChecksum } from './checksum.js';
import { type Fetched, fetchUrl } from './fetch.js';
import { fetchFile, isFileUrl } from './file-url.js';
import { accessOf, type httpArgs, trustOf, unsupported } from './http-args.js';
import { lookAt, place } from './place.js';

/** Arguments of get_url that uri does not have. */
export const getUrlArgs = {
  dest: { type: 'path', required: true, doc: 'The file, or a directory that keeps the name of the URL.' },
  backup: { type: 'bool', default: false, doc: 'Keep a copy of the file before a change.' },
  checksum: { type: 'str', default: '', doc: 'ALGORITHM:HASH, or ALGORITHM:URL of a list of hashes.' },
  timeout: { type: 'int', default: 10, doc: 'Seconds without any sign of the server.' },
  headers: { type: 'dict', default: {}, doc: 'Headers of the request.' },
  force: { type: 'bool', default: false, doc: 'Download even when the file is there and not older.' },
  tmp_dest: { type: 'path', doc: 'Has no effect: the file is written beside its place.' },
  url_username: { type: 'str', aliases: ['username'], doc: 'User for basic authentication.' },
  url_password: {
    type: 'str',
    aliases: ['password'],
    noLog: true,
    doc: 'Password for basic authentication.',
  },
} as const satisfies ArgSpec;

type Args = ArgsOf<typeof getUrlArgs & typeof httpArgs & typeof fileArgs>;

async function request(
  info: RunInfo,
  args: Args,
  url: URL,
  method: string,
  since?: number,
): Promise<Fetched> {
  if (isFileUrl(url.href)) return fetchFile(info, url);
  const headers: Record<string, string> = { 'User-Agent': args.http_agent };
  for (const [name, value] of Object.entries(args.headers)) headers[name] = String(value ?? '');
  if (since !== undefined) headers['If-Modified-Since'] = new Date(since * 1000).toUTCString();
  return fetchUrl(info, {
    ...{ url, method, headers, timeout: args.timeout, decompress: args.decompress, redirects: 'safe' },
    trust: await trustOf(info, args, undefined),
    unredirected: args.unredirected_headers,
    ...(await accessOf(info, args, url)),
  });
}

function nameIn(url: URL): string {
  return url.pathname.split('/').at(-1) || 'index.html';
}

/** The hash that is wanted, `''` for none; throws when a list does not have it. */
async function wantedHash(info: RunInfo, args: Args): Promise<{ algorithm: string; hash: string }> {
  if (args.checksum === '') return { algorithm: 'sha1', hash: '' };
  const given = parseChecksum(args.checksum);
  if (!given) throw new Error('The checksum parameter has to be in format <algorithm>:<checksum>');
  let { value } = given;
  if (/^https?:\/\//.test(value) || isFileUrl(value)) {
    const { answer } = await request(info, args, new URL(value), 'GET');
    const chunks: Buffer[] = [];
    for await (const chunk of answer.body) chunks.push(chunk);
    await answer.close();
    const name = nameIn(new URL(args.url));
    const found = checksumFor(Buffer.concat(chunks).toString('utf8'), name);
    if (found === undefined) throw new Error(`Unable to find a checksum for file '${name}' in '${value}'`);
    value = found;
  }
  const hash = value.replace(/\W+/g, '').toLowerCase();
  if (!/^[0-9a-f]+$/.test(hash)) throw new Error('The checksum format is invalid');
  return { algorithm: given.algorithm, hash };
}

async function hashOnNode(info: RunInfo, file: string, algorithm: string): Promise<string> {
  const done = await info.node.run({ argv: [`${algorithm}sum`, '--', file] }, info.become);
  return done.rc === 0 ? (/^\\?([0-9a-f]+)/.exec(done.stdout.toString('latin1'))?.[1] ?? '') : '';
}

/** Streams an answer into a file of the controller, hashing as it goes by. */
async function keep(answer: Fetched['answer'], file: string, algorithm: string) {
  const [sha1, wanted, md5] = [createHash('sha1'), createHash(algorithm), createHash('md5')];
  let size = 0;
  async function* counted() {
    for await (const chunk of answer.body) {
      size += chunk.length;
      for (const hash of [sha1, wanted, md5]) hash.update(chunk);
      yield chunk;
    }
  }
  await pipeline(Readable.from(counted()), createWriteStream(file, { mode: 0o600 }));
  return { size, sha1: sha1.digest('hex'), wanted: wanted.digest('hex'), md5: md5.digest('hex') };
}

type Want = { readonly algorithm: string; readonly hash: string };
type Place = { readonly dest: string; readonly now: PathAnswer };

async function put(
  info: RunInfo,
  args: Args,
  fetched: Fetched,
  want: Want,
  where: Place,
  base: JsonObject,
): Promise<ModuleResult> {
  const { dest, now } = where;
  const folder = await mkdtemp(join(tmpdir(), 'ffe-'));
  try {
    const file = join(folder, 'download');
    const got = await keep(fetched.answer, file, want.algorithm);
    if (want.hash !== '' && got.wanted !== want.hash) {
      const msg = `The checksum for ${dest} did not match ${want.hash}; it was ${got.wanted}.`;
      return { ...base, failed: true, changed: false, msg };
    }
    const before = now.exists ? (now.checksum ?? null) : null;
    const content: Content = { kind: 'local', path: file, size: got.size, sha1: got.sha1 };
    if (info.check) {
      const changed = before !== got.sha1 || (now.exists && attributeChange(args, now).changed);
      return { ...base, dest, checksum_src: got.sha1, checksum_dest: before, status_code: 200, changed };
    }
    const placed = await place(info, { ...args, dest }, now, before === got.sha1 ? undefined : content);
    const backup = placed.backup === undefined ? {} : { backup_file: placed.backup };
    const sums = { checksum_src: got.sha1, checksum_dest: before, md5sum: got.md5 };
    const size = fetched.answer.headers['content-length'] ?? got.size;
    const msg = `OK (${size} bytes)`;
    return {
      ...base,
      ...placed.fields,
      ...sums,
      ...backup,
      dest,
      msg,
      status_code: 200,
      changed: placed.changed,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function alreadyThere(
  info: RunInfo,
  args: Args,
  now: PathAnswer,
  base: JsonObject,
): Promise<ModuleResult> {
  if (info.check) {
    const changed = now.exists && attributeChange(args, now).changed;
    return {
      ...base,
      changed,
      msg: changed ? 'file already exists but file attributes changed' : 'file already exists',
    };
  }
  const placed = await place(info, args, now, undefined);
  const msg = placed.changed ? 'file already exists but file attributes changed' : 'file already exists';
  return { ...base, ...placed.fields, changed: placed.changed, msg };
}

async function transfer(info: RunInfo, args: Args, base: JsonObject): Promise<ModuleResult> {
  const want = await wantedHash(info, args);
  const there = await lookAt(info, args.dest);
  const directory = there.exists && there.type === 'directory';
  const present = there.exists && !directory;
  const same =
    present && want.hash !== '' && (await hashOnNode(info, args.dest, want.algorithm)) === want.hash;
  if (same && !args.force) return alreadyThere(info, args, there, base);
  const since = present && there.exists && !args.force && want.hash === '' ? there.mtime : undefined;
  const fetched = await request(info, args, new URL(args.url), 'GET', since);
  try {
    const { status, reason, headers } = fetched.answer;
    const status_code = status;
    if (status === 304) return { ...base, changed: false, msg: `HTTP Error 304: ${reason}`, status_code };
    if (status !== 200)
      return {
        ...base,
        failed: true,
        changed: false,
        status_code,
        msg: 'Request failed',
        response: `HTTP Error ${status}: ${reason}`,
      };
    const named = /attachment; ?filename="?([^";]+)/
      .exec(headers['content-disposition'] ?? '')?.[1]
      ?.split('/')
      .at(-1);
    const dest = directory ? `${args.dest.replace(/\/$/, '')}/${named ?? nameIn(fetched.url)}` : args.dest;
    const now = directory ? await lookAt(info, dest) : there;
    return await put(info, args, fetched, want, { dest, now }, base);
  } finally {
    await fetched.answer.close();
  }
}

/** Does what get_url is asked for; a failure is a result, with the URL and the seconds it took. */
export async function download(info: RunInfo, args: Args): Promise<ModuleResult> {
  const started = Date.now();
  const base: JsonObject = {
    url: args.url,
    dest: args.dest,
    elapsed: 0,
    checksum_src: null,
    checksum_dest: null,
  };
  const no = isFileUrl(args.url) ? undefined : unsupported(args);
  if (no !== undefined) return { ...base, failed: true, changed: false, msg: no };
  const elapsed = () => Math.floor((Date.now() - started) / 1000);
  try {
    return { ...(await transfer(info, args, base)), elapsed: elapsed() };
  } catch (error) {
    return { ...base, failed: true, changed: false, elapsed: elapsed(), msg: (error as Error).message };
  }
}
