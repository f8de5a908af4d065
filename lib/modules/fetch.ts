import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { localPath } from '../node/bytes.js';
import { type PathAnswer, path } from '../node/queries/query.js';
import type { ArgSpec, ArgsOf } from './args.js';
import { defineModule, type ModuleResult, type RunInfo } from './module.js';

const args = {
  src: {
    type: 'path',
    required: true,
    textOnly: 'Invalid type supplied for source option, it must be a string',
    doc: 'The file on the node.',
  },
  dest: {
    type: 'str',
    required: true,
    textOnly: 'Invalid type supplied for dest option, it must be a string',
    doc: 'The folder on the controller; files go below it by host and path.',
  },
  flat: {
    type: 'bool',
    default: false,
    doc: 'Put the file at dest itself; a slash at the end keeps its name.',
  },
  fail_on_missing: { type: 'bool', default: true, doc: 'Fail when the file cannot be read.' },
  validate_checksum: { type: 'bool', default: true, doc: 'Make sure that it arrived whole.' },
} as const satisfies ArgSpec;
type Args = ArgsOf<typeof args>;

async function sha1Of(file: string): Promise<string | undefined> {
  const found = await stat(localPath(file)).catch(() => undefined);
  if (!found?.isFile()) return undefined;
  const hash = createHash('sha1');
  await pipeline(createReadStream(localPath(file)), hash);
  return hash.digest('hex');
}

/** Where the file goes on the controller. */
function destination(a: Args, info: RunInfo): string {
  const base = String(info.variable('playbook_dir') ?? process.cwd());
  const dest = resolve(base, a.dest.replace(/^~(?=\/|$)/, homedir()));
  if (!a.flat) return join(dest, info.host, a.src);
  return a.dest.endsWith('/') ? join(dest, basename(a.src)) : dest;
}

function unreadable(a: Args, file: PathAnswer, become: boolean): string | undefined {
  if (/permission denied/i.test(file.error ?? '')) {
    // Ansible reads the file another way, with other words, as the user of become.
    if (become) return `file is not readable: ${a.src}`;
    const ignored = a.fail_on_missing ? '' : ', ignored';
    return `Failed to get information on remote file (${a.src}): Permission denied${ignored}`;
  }
  if (!file.exists) return 'the remote file does not exist, not transferring, ignored';
  if (file.type === 'directory') return 'remote file is a directory, fetch cannot work on directories';
  if (file.checksum === undefined) return `the remote file cannot be read: ${file.error ?? a.src}`;
  return undefined;
}

/** Downloads beside the destination and renames, so that a file is whole or not there. */
async function download(a: Args, info: RunInfo, dest: string, sha1: string): Promise<string | undefined> {
  const part = join(dirname(dest), `.${basename(dest)}.${process.pid}.part`);
  await mkdir(localPath(dirname(dest)), { recursive: true });
  try {
    await info.node.download(a.src, part, info.become);
    const arrived = await sha1Of(part);
    if (a.validate_checksum && arrived !== sha1) return arrived ?? '';
    await rename(localPath(part), localPath(dest));
    return undefined;
  } finally {
    await rm(localPath(part), { force: true });
  }
}

async function fetchFile(info: RunInfo<typeof args>): Promise<ModuleResult> {
  const a = info.args;
  if (a.flat && (await stat(resolve(a.dest)).catch(() => undefined))?.isDirectory() && !a.dest.endsWith('/'))
    return {
      failed: true,
      dest: a.dest,
      msg: 'dest is an existing directory, use a trailing slash if you want to fetch src into that directory',
    };
  const [file] = await info.node.ask([path(a.src, { follow: true, checksum: 'sha1' })], info.become);
  const found = file as PathAnswer;
  const problem = unreadable(a, found, info.become !== undefined);
  if (problem !== undefined || !found.exists)
    return { changed: false, failed: a.fail_on_missing, file: a.src, msg: problem ?? '' };
  const sha1 = found.checksum!;
  const dest = destination(a, info);
  const done = { dest, file: a.src, checksum: sha1, remote_checksum: sha1 };
  if ((await sha1Of(dest)) === sha1) return { changed: false, ...done };
  const wrong = await download(a, info, dest, sha1);
  if (wrong !== undefined) return { failed: true, msg: 'checksum mismatch', ...done, checksum: wrong };
  return { changed: true, ...done };
}

/** Copies a file of the node to the controller. */
export const fetch = defineModule({
  name: 'fetch',
  summary: 'Fetch files from nodes.',
  args,
  check: 'skip',
  words: {
    'remote module (fetch) does not support check mode': 'check mode not (yet) supported for this module',
    'missing required arguments: dest, src': 'src and dest are required',
    'missing required arguments: dest': 'src and dest are required',
    'missing required arguments: src': 'src and dest are required',
  },
  returns: {
    dest: 'The file on the controller.',
    checksum: 'sha1 of the file.',
    file: 'The file on the node.',
  },
  examples: `- ansible.builtin.fetch:
    src: /etc/ssl/ca.crt
    dest: fetched
`,
  run: (info) => fetchFile(info),
});
