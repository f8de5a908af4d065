import { fileURLToPath } from 'node:url';
import { path } from '../../node/queries/query.js';
import type { RunInfo } from '../module.js';
import type { Fetched } from './fetch.js';

/** Whether a URL names a file of the node. */
export function isFileUrl(url: string): boolean {
  return url.startsWith('file:') && URL.canParse(url);
}

/** A file of the node as the answer to a request. Throws when it cannot be read. */
export async function fetchFile(info: Pick<RunInfo, 'node' | 'become'>, url: URL): Promise<Fetched> {
  const file = fileURLToPath(url);
  const [found] = await info.node.ask([path(file, { follow: true })], info.become);
  if (found?.kind !== 'path' || !found.exists || found.type !== 'file' || !found.readable)
    throw new Error(`Request failed: ${file} is no file that can be read on the node`);
  const running = await info.node.spawn({ argv: ['cat', '--', file] }, info.become);
  running.stdin.end();
  running.stderr.resume();
  const close = async () => void (await running.done);
  const headers = { 'content-length': String(found.size) };
  const body = running.stdout as AsyncIterable<Buffer>;
  const answer = { status: 200, reason: 'OK', headers, cookies: [], body, close };
  return { answer, url, redirected: false };
}
