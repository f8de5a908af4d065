import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { FfeError } from '../../errors/error.js';
import { isSealed, type Vault } from '../../secrets/vault.js';
import { statOf } from '../../values/stat.js';
import type { Io } from '../io.js';
import type { VaultConfig } from '../vault-sources.js';
import { edited } from './edit.js';
import { readSource, realPath, replaceFile, STREAM } from './files.js';
import type { ActionName, VaultGiven } from './options.js';
import { type Tools, toOpen, toRekey, toSeal } from './secrets.js';
import { plainTexts, sealedValues } from './strings.js';
import { show } from './view.js';

/** What an action is carried out with. */
export type Task = { readonly given: VaultGiven; readonly config: VaultConfig; readonly io: Io };

const HEAD = 64;

const warning =
  (io: Io) =>
  (text: string): void =>
    io.err(`[WARNING]: ${text}\n`);

/** Said to people only: scripts read what is on standard output, and exit codes. */
function tell(io: Io, text: string): void {
  if (io.columns !== undefined) io.err(`${text}\n`);
}

function put(io: Io, target: string, data: Buffer, shred: boolean): void {
  if (target !== STREAM) replaceFile(target, data, { shred });
  else if (io.bytes) io.bytes(data);
  else io.out(data.toString('utf8'));
}

function opened(vault: Vault, data: Buffer, file: string) {
  if (!isSealed(data.toString('latin1', 0, HEAD)))
    throw new FfeError(
      'vault',
      `input is not vault encrypted data. ${file} is not a vault encrypted file for ${file}`,
    );
  return vault.opened(data, file);
}

/** The files of a command line; standard input when there are none. */
function inputs({ given, io }: Task, what: string): readonly string[] {
  if (given.words.length === 0 && process.stdin.isTTY) tell(io, `Reading ${what} input from stdin`);
  if (given.on('output') && given.words.length > 1)
    throw new FfeError('usage', 'At most one input file may be used with the --output option');
  return given.words.length === 0 ? [STREAM] : given.words;
}

async function encrypt(task: Task): Promise<void> {
  const { given, config, io } = task;
  const files = inputs(task, 'plaintext');
  const { vault, secret } = await toSeal(given, config, warning(io));
  for (const name of files) {
    const file = realPath(name);
    const data = await readSource(file);
    if (isSealed(data.toString('latin1', 0, HEAD)))
      throw new FfeError('vault', 'input is already encrypted', {
        notes: file === STREAM ? [] : [file],
        hint: 'to change its password: rekey',
      });
    put(io, given.text('output') ?? file, vault.sealBytes(data, secret), true);
  }
  tell(io, 'Encryption successful');
}

async function decrypt(task: Task): Promise<void> {
  const { given, config, io } = task;
  const files = inputs(task, 'ciphertext');
  const { vault } = await toOpen(given, config, warning(io));
  for (const name of files) {
    const file = realPath(name);
    const { data } = opened(vault, await readSource(file), file);
    put(io, given.text('output') ?? file, data, false);
  }
  tell(io, 'Decryption successful');
}

async function view({ given, config, io }: Task): Promise<void> {
  const { vault } = await toOpen(given, config, warning(io));
  for (const file of given.words) await show(opened(vault, await readSource(file), file).data, io);
}

async function edit({ given, config, io }: Task): Promise<void> {
  const { vault } = await toOpen(given, config, warning(io));
  for (const name of given.words) {
    const file = realPath(name);
    const { data, secret, id } = opened(vault, await readSource(file), file);
    const text = await edited(data, file);
    // The header keeps its vault id, whichever secret opened the file.
    if (!text.equals(data)) replaceFile(file, vault.sealBytes(text, { ...secret, id }), { keepMode: true });
  }
}

async function create({ given, config, io }: Task): Promise<void> {
  const [file, ...more] = given.words;
  const { vault, secret } = await toSeal(given, config, warning(io));
  if (file === undefined || more.length > 0)
    throw new FfeError('usage', 'ansible-vault create can take only one filename argument');
  const dir = dirname(resolve(file));
  if (!existsSync(dir)) {
    warning(io)(`${dir} does not exist, creating...`);
    mkdirSync(dir, { recursive: true, mode: 0o700 });
  }
  if (statOf(file)?.isFile()) throw new FfeError('vault', `${file} exists, please use 'edit' instead`);
  replaceFile(resolve(file), vault.sealBytes(await edited(Buffer.alloc(0), file), secret));
}

async function rekey({ given, config, io }: Task): Promise<void> {
  const { vault, secret }: Tools = await toRekey(given, config, warning(io));
  for (const name of given.words) {
    const file = realPath(name);
    const { data } = opened(vault, await readSource(file), file);
    replaceFile(file, vault.sealBytes(data, secret!), { keepMode: true });
  }
  io.err('Rekey successful\n');
}

async function encryptString({ given, config, io }: Task): Promise<void> {
  const { vault, secret } = await toSeal(given, config, warning(io));
  const { yaml, said } = sealedValues(await plainTexts(given, io.err), vault, secret);
  io.err(said);
  put(io, given.text('output') ?? STREAM, Buffer.from(yaml), true);
  tell(io, 'Encryption successful');
}

/** What can be done with vaults, by name. Each throws an FfeError. */
export const ACTS: Readonly<Record<ActionName, (task: Task) => Promise<void>>> = {
  create,
  decrypt,
  edit,
  view,
  encrypt,
  'encrypt-string': encryptString,
  rekey,
};
