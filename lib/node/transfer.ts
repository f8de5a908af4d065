import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FfeError } from '../errors/error.js';
import { localPath } from './bytes.js';
import type { Connection, Running, Transfer } from './connection.js';
import { quote } from './quote.js';
import { hasHoles, piecesOf, receiverScript } from './sparse.js';

const CHUNK = 256 * 1024;

/** Starts a command on the node, as the user of the transfer. */
export type Spawn = (command: Parameters<Connection['spawn']>[0]) => Promise<Running>;

/** Streams a local file into a file on the node, with flat memory. Throws code 'task' with what the node said. */
export async function upload(spawn: Spawn, from: string, to: string, how: Transfer = {}): Promise<void> {
  const chmod = how.mode === undefined ? '' : ` && chmod ${how.mode.toString(8)} ${quote(to)}`;
  const file = await openLocal(from);
  try {
    const source = piecesOf(file, hasHoles(await file.stat()), how.onProgress);
    const running = await spawn({ line: `umask 077; ${receiverScript(to)}${chmod}` });
    const said = collect(running.stderr);
    running.stdout.resume();
    const sent = await outcome(pipeline(source, running.stdin, { signal: how.signal }));
    if (sent !== undefined) running.stdin.end();
    if (how.signal?.aborted) await running.kill();
    await finish(running, await said, sent, `cannot upload ${from} to ${to}`);
  } finally {
    await file.close();
  }
}

/** Streams a file of the node into a local file, which appears only when it is complete. */
export async function download(spawn: Spawn, from: string, to: string, how: Transfer = {}): Promise<void> {
  const running = await spawn({ argv: ['cat', '--', from] });
  const said = collect(running.stderr);
  running.stdin.end();
  const part = `${to}.${randomBytes(4).toString('hex')}.part`;
  const file = createWriteStream(localPath(part), { mode: how.mode ?? 0o600, highWaterMark: CHUNK });
  try {
    const received = await outcome(pipeline(running.stdout, meter(how), file, { signal: how.signal }));
    if (received !== undefined) await running.kill();
    await finish(running, await said, received, `cannot download ${from} to ${to}`);
    await rename(localPath(part), localPath(to));
  } catch (error) {
    await rm(localPath(part), { force: true });
    throw error;
  }
}

async function openLocal(file: string): Promise<FileHandle> {
  try {
    return await open(localPath(file));
  } catch (cause) {
    const why =
      (cause as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : (cause as Error).message;
    throw new FfeError('not-found', `cannot upload ${file}: it ${why}`, { cause });
  }
}

const outcome = (work: Promise<void>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

async function collect(stream: NodeJS.ReadableStream): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8').trim();
}

function meter(how: Transfer): Transform {
  let bytes = 0;
  return new Transform({
    highWaterMark: CHUNK,
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      how.onProgress?.(bytes);
      done(null, chunk);
    },
  });
}

// A full disk on the node breaks the pipe here too: what the node said is the cause, and comes first.
async function finish(running: Running, said: string, failure: unknown, what: string): Promise<void> {
  const end = await running.done;
  const why = said.split('\n').at(-1) || (failure as Error | undefined)?.message;
  if (failure === undefined && end.rc === 0) return;
  throw new FfeError('task', `${what}: ${why ?? `exit code ${end.rc}`}`, { cause: failure });
}
