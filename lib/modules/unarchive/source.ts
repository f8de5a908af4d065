import { path, type ReadQuery } from '../../node/queries/query.js';
import { fetchText } from '../http/fetch-text.js';
import type { RunInfo } from '../module.js';
import { mustStep, StepError, step } from '../steps.js';
import type { UnpackWish } from './kinds.js';

/** Runs `use` with a folder of the node that only its user can read, and removes it. */
export async function withFolder<T>(info: RunInfo, use: (folder: string) => Promise<T>): Promise<T> {
  const made = await mustStep(info, ['mktemp', '-d', '/tmp/ffe-unpack.XXXXXXXX']);
  const folder = made.out.trim();
  try {
    return await use(folder);
  } finally {
    await step(info, ['rm', '-rf', folder]);
  }
}

/** The archive as a file of the node; one that is not there yet is put into the folder. */
export async function archiveOnNode(info: RunInfo, wish: UnpackWish, folder: string): Promise<string> {
  if (!wish.remote_src) return upload(info, wish, `${folder}/source`);
  if (wish.src.includes('://')) return download(info, wish, `${folder}/source`);
  const [found] = await info.node.ask([path(wish.src, { follow: true })], info.become);
  if (found?.kind !== 'path' || !found.exists) throw new StepError(`Source '${wish.src}' does not exist`);
  if (!found.readable) throw new StepError(`Source '${wish.src}' not readable`);
  return wish.src;
}

async function upload(info: RunInfo, wish: UnpackWish, to: string): Promise<string> {
  const source = await info.source({ kind: 'file-source', src: wish.src, decrypt: wish.decrypt });
  if (source.kind !== 'file-source' || !source.found)
    throw new StepError(source.kind === 'file-source' && !source.found ? source.msg : 'no such source');
  if (source.directory) throw new StepError(`Source '${wish.src}' is a folder`);
  const { content } = source;
  const attributes = { mode: 0o600 };
  const write = { kind: 'write', path: to, content, expect: { state: 'absent' }, attributes } as const;
  const done = await info.node.apply([write], [], info.become);
  if (done.failed === undefined) return to;
  throw new StepError(`Source '${wish.src}' failed to transfer: ${done.outcomes.at(-1)?.stderr ?? ''}`);
}

async function download(info: RunInfo, wish: UnpackWish, to: string): Promise<string> {
  const query: ReadQuery = fetchText(wish.src, wish.validate_certs);
  const done = await step(info, ['sh', '-c', `(${query.script}) > "$1"`, 'sh', to]);
  if (done.rc === 0) return to;
  throw new StepError(`Failure downloading ${wish.src}, ${done.err.trim()}`);
}
