import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { statOf } from '../../values/stat.js';

/** The name for standard input, and for standard output. */
export const STREAM = '-';
const PRIVATE = 0o600;

async function standardInput(): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** The bytes of a file, or of standard input. Throws code 'vault' when they cannot be read. */
export async function readSource(file: string): Promise<Buffer> {
  try {
    return file === STREAM ? await standardInput() : fs.readFileSync(file);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new FfeError('vault', `Unable to read source file (${file}): ${why}`, { cause });
  }
}

/** The file itself behind a name, links followed; a name that does not exist yet becomes absolute. */
export function realPath(file: string): string {
  if (file === STREAM) return file;
  try {
    return fs.realpathSync(file);
  } catch {
    return resolve(file);
  }
}

/** Overwrites what a file held, so that the plain text is not left on the disk. Other names of the file keep it. */
function shred(fd: number, { size, nlink }: fs.Stats): void {
  if (nlink > 1) return;
  const piece = 1 << 20;
  for (let at = 0; at < size; at += piece) {
    const random = randomBytes(Math.min(piece, size - at));
    fs.writeSync(fd, random, 0, random.length, at);
  }
  fs.fsyncSync(fd);
}

function writeBeside(file: string, data: Uint8Array, like: fs.Stats | undefined, mode: number): string {
  const draft = join(dirname(file), `.${basename(file)}.${randomBytes(6).toString('hex')}`);
  const fd = fs.openSync(draft, 'wx', PRIVATE);
  try {
    fs.writeFileSync(fd, data);
    if (like) fs.fchownSync(fd, like.uid, like.gid);
    fs.fchmodSync(fd, mode);
    fs.fsyncSync(fd);
  } catch (error) {
    fs.rmSync(draft, { force: true });
    throw error;
  } finally {
    fs.closeSync(fd);
  }
  return draft;
}

/** How a file is replaced: `keepMode` keeps its permissions (else 0600), `shred` overwrites what it held. */
export type Replacing = { readonly keepMode?: boolean; readonly shred?: boolean };

/**
 * Replaces a file at once, so that it is at no moment half written; its owner stays. Devices and pipes are written to.
 * Throws code 'vault'.
 */
export function replaceFile(
  file: string,
  data: Uint8Array,
  { keepMode, shred: wipes }: Replacing = {},
): void {
  try {
    const before = statOf(file);
    if (before && !before.isFile()) {
      fs.writeFileSync(file, data);
      return;
    }
    const draft = writeBeside(file, data, before, keepMode && before ? before.mode & 0o7777 : PRIVATE);
    const old = before && wipes ? fs.openSync(file, 'r+') : undefined;
    fs.renameSync(draft, file);
    if (old === undefined || !before) return;
    shred(old, before);
    fs.closeSync(old);
  } catch (cause) {
    const { code = 'it failed' } = cause as NodeJS.ErrnoException;
    throw new FfeError('vault', `Unable to write ${file} (${code})`, { cause });
  }
}
