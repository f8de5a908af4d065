import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { FfeError } from '../errors/error.js';
import type { Transfer } from './connection.js';
import { ended, exitCode, type Place } from './exec.js';
import { quote } from './quote.js';
import { type Program, start } from './start.js';
import type { Transport } from './transport.js';

const CHUNK = 256 * 1024;

/** Streams a local file into a file on the node, with flat memory, as any user. */
export async function upload(
  transport: Transport,
  place: Place,
  from: string,
  to: string,
  how: Transfer = {},
): Promise<void> {
  const chmod = how.mode === undefined ? '' : ` && exec chmod ${how.mode.toString(8)} ${quote(to)}`;
  const program = await start(transport, { ...place, body: `umask 077; cat >${quote(to)}${chmod}` });
  const said = listen(program);
  await program.hello;
  let failure: unknown;
  try {
    const source = createReadStream(from, { highWaterMark: CHUNK });
    await pipeline(source, meter(how), program.channel.stdin, { signal: how.signal });
  } catch (error) {
    failure = error;
    program.channel.destroy();
  }
  await finish(transport, place, program, said, failure, `upload of ${from} to ${to}`);
}

/** Streams a file of the node into a local file, which appears only when it is complete. */
export async function download(
  transport: Transport,
  place: Place,
  from: string,
  to: string,
  how: Transfer = {},
): Promise<void> {
  const part = `${to}.${randomBytes(4).toString('hex')}.part`;
  const file = createWriteStream(part, { mode: how.mode ?? 0o600, highWaterMark: CHUNK });
  await once(file, 'open');
  const what = `download of ${from} to ${to}`;
  try {
    const program = await start(transport, { ...place, body: `exec cat ${quote(from)}` });
    const said = listen(program);
    const counter = meter(how);
    const { stdout } = program.channel;
    program.out.pass((chunk) => {
      if (!counter.write(chunk)) stdout.pause();
    });
    counter.on('drain', () => stdout.resume());
    const written = pipeline(counter, file, { signal: how.signal });
    written.catch(() => program.channel.destroy());
    await program.hello;
    await program.channel.closed;
    counter.end();
    const failure = await written.then(
      () => undefined,
      (error: unknown) => error,
    );
    await finish(transport, place, program, said, failure, what);
    await rename(part, to);
  } catch (error) {
    file.destroy();
    await rm(part, { force: true });
    throw error;
  }
}

function listen(program: Program): () => string {
  const said: Buffer[] = [];
  program.err.pass((chunk) => said.push(chunk));
  return () => Buffer.concat(said).toString('utf8').trim();
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

async function finish(
  transport: Transport,
  place: Place,
  program: Program,
  said: () => string,
  failure: unknown,
  what: string,
): Promise<void> {
  const exit = await ended(program);
  const lost = transport.lost();
  if (lost !== undefined) throw lost;
  const last = said().split('\n').at(-1) ?? '';
  // A full disk on the node also breaks the pipe here; what the node said is the cause.
  if (last !== '') throw new FfeError('task', `${place.host}: ${what} failed: ${last}`, { cause: failure });
  if (failure !== undefined)
    throw new FfeError('task', `${place.host}: ${what} failed: ${(failure as Error).message}`, {
      cause: failure,
    });
  const rc = exitCode(exit, transport, place.host);
  if (rc !== 0) throw new FfeError('task', `${place.host}: ${what} failed with exit code ${rc}`);
}
