import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, extname, resolve } from 'node:path';
import { FfeError } from '../errors/error.js';
import { statOf } from '../values/stat.js';

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A path with `~` and environment variables put in, absolute. */
function expanded(file: string): string {
  const named = file
    .replace(/^~(?=\/|$)/, homedir())
    .replace(/\$(?:\{(\w+)\}|(\w+))/g, (whole, braced, bare) => process.env[braced ?? bare] ?? whole);
  return resolve(named);
}

function trimmed(data: Buffer, ends: RegExp): Buffer {
  const text = data.toString('latin1');
  return Buffer.from(text.replace(ends, ''), 'latin1');
}

/** Programs of this name are told which vault id is wanted (Ansible's documentation, "vault password client scripts"). */
const isClient = (file: string): boolean => basename(file, extname(file)).endsWith('-client');

const CLIENT_UNKNOWN = 2;

type Wanted = { readonly id?: string; readonly what: string; readonly open: (sealed: Buffer) => Buffer };

function fromProgram(path: string, { id, what }: Wanted): Buffer {
  const client = isClient(path);
  const ran = spawnSync(path, client && id !== undefined ? ['--vault-id', id] : [], {
    stdio: ['inherit', 'pipe', client ? 'pipe' : 'inherit'],
  });
  if (ran.error)
    throw new FfeError(
      'vault',
      `Problem running ${what} password script ${path} (${(ran.error as NodeJS.ErrnoException).code})`,
      {
        hint: 'if this is not a script, remove the executable bit from the file',
      },
    );
  const said = client ? ran.stderr.toString('utf8').trim() : '';
  const notes = said === '' ? [] : [`it said: ${said}`];
  if (client && ran.status === CLIENT_UNKNOWN)
    throw new FfeError(
      'vault',
      `Vault password client script ${path} did not find a secret for vault-id=${id}`,
      {
        notes,
      },
    );
  if (ran.status !== 0)
    throw new FfeError(
      'vault',
      `The ${what} password script ${path} returned non-zero (${ran.status ?? ran.signal})`,
      {
        notes,
      },
    );
  return trimmed(ran.stdout, /^[\r\n]+|[\r\n]+$/g);
}

function fromText(path: string, { open, what }: Wanted): Buffer {
  let data: Buffer;
  try {
    data = readFileSync(path);
  } catch (cause) {
    const why = (cause as NodeJS.ErrnoException).code ?? 'unreadable';
    throw new FfeError('vault', `Could not read ${what} password file ${path} (${why})`, { cause });
  }
  return trimmed(open(trimmed(data, /^\s+|\s+$/g)), /^[\r\n]+|[\r\n]+$/g);
}

/**
 * The password in a file, or the output of it when it is a program; line ends around it do not count. `id` is told to
 * a client script; `open` opens a password file that is sealed itself; `what` the password is for is said in errors.
 * Throws code 'vault', also for an empty password.
 */
export function passwordBytes(file: string, wanted: Partial<Wanted> = {}): Buffer {
  const whole: Wanted = { open: (data) => data, what: 'vault', ...wanted };
  const { what } = whole;
  const path = expanded(file);
  const found = statOf(path);
  if (!found) throw new FfeError('vault', `The ${what} password file ${path} was not found`);
  const runs = found.isFile() && executable(path);
  const password = runs ? fromProgram(path, whole) : fromText(path, whole);
  if (password.length > 0) return password;
  throw new FfeError(
    'vault',
    `Invalid ${what} password was provided from ${runs ? 'script' : 'file'} (${path})`,
    {
      hint: 'it is empty',
    },
  );
}
