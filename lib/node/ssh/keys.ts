import { readFile } from 'node:fs/promises';
import type { ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { FfeError } from '../../errors/error.js';
import type { AskPassphrase } from '../target.js';

/** A private key of a file or variable; `key` is absent while its passphrase is not known. */
export type StoredKey = { readonly from: string; readonly text: string; readonly key?: ParsedKey };

/** The private keys of one run: each file is read once and each passphrase asked for once. */
export type KeyRing = {
  /** Undefined when the file does not exist; throws code 'auth' for a named file that cannot be read. */
  load(file: string, named: boolean): Promise<StoredKey | undefined>;
  /** Throws code 'auth' for a text that is no private key. */
  parse(text: string, from: string): StoredKey;
  /** Asks for the passphrase, three times at most; undefined when it was not given. */
  unlock(stored: StoredKey): Promise<ParsedKey | undefined>;
};

/** A ring without keys. Without `ask`, encrypted keys stay locked. */
export function createKeyRing(ask: AskPassphrase | undefined): KeyRing {
  const loaded = new Map<string, Promise<StoredKey | undefined>>();
  const unlocked = new Map<string, Promise<ParsedKey | undefined>>();
  return {
    load: (file, named) => {
      const found = loaded.get(file) ?? read(file, named);
      loaded.set(file, found);
      return found;
    },
    parse,
    unlock: (stored) => {
      const found = unlocked.get(stored.text) ?? unlock(stored, ask);
      unlocked.set(stored.text, found);
      return found;
    },
  };
}

async function read(file: string, named: boolean): Promise<StoredKey | undefined> {
  try {
    return parse(await readFile(file, 'utf8'), file);
  } catch (cause) {
    if (!named) return undefined;
    if (cause instanceof FfeError) throw cause;
    const code = (cause as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'does not exist' : `cannot be read (${code})`;
    throw new FfeError('auth', `private key ${file} ${why}`, { cause });
  }
}

function parse(text: string, from: string): StoredKey {
  const parsed = parseOne(text);
  if (!(parsed instanceof Error)) return { from, text, key: parsed };
  if (/encrypted|passphrase/i.test(parsed.message)) return { from, text };
  throw new FfeError('auth', `${from} is not a private key: ${parsed.message}`);
}

function parseOne(text: string, passphrase?: string): ParsedKey | Error {
  const parsed: ParsedKey | ParsedKey[] | Error = ssh2.utils.parseKey(text, passphrase);
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key === undefined) return new Error('it is empty');
  return key instanceof Error || key.isPrivateKey() ? key : new Error('it is a public key');
}

async function unlock(stored: StoredKey, ask: AskPassphrase | undefined): Promise<ParsedKey | undefined> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const passphrase = await ask?.(stored.from);
    if (passphrase === undefined) return undefined;
    const key = parseOne(stored.text, passphrase);
    if (!(key instanceof Error)) return key;
  }
  return undefined;
}
