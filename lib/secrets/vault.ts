import { createCipheriv, createDecipheriv, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { FfeError } from '../errors/error.js';
import { type Envelope, readEnvelope, writeEnvelope } from './envelope.js';
import { createKeyring, type Keys } from './keyring.js';

export { isSealed } from './envelope.js';

/** A password with its vault id (`default` when none was given). Passwords from files may be any bytes. */
export type VaultSecret = { readonly id: string; readonly password: string | Uint8Array };

/** What was in an envelope, the secret that opened it, and the vault id that the envelope names. */
export type Opened = { readonly data: Buffer; readonly secret: VaultSecret; readonly id: string };

/** Opens and seals vault text with the secrets of a run; keys are derived once per password and salt. */
export type Vault = {
  /** The text of an envelope, tried with the secret of its id first, then with all others. Throws code 'vault'. */
  open(envelope: string, file?: string): string;
  /** The same, as bytes. */
  openBytes(envelope: string | Uint8Array, file?: string): Buffer;
  /** The same, with what opened it. */
  opened(envelope: string | Uint8Array, file?: string): Opened;
  seal(text: string | Uint8Array, secret: VaultSecret, salt?: Uint8Array): string;
  /** The same as bytes, for what is too long for a string. */
  sealBytes(text: string | Uint8Array, secret: VaultSecret, salt?: Uint8Array): Buffer;
};

/** `idMatch`: only secrets of the envelope's own vault id are tried (Ansible's DEFAULT_VAULT_ID_MATCH). */
export type VaultOptions = { readonly idMatch?: boolean };

function decrypt(envelope: Envelope, keys: Keys): Buffer | undefined {
  const mac = createHmac('sha256', keys.hmac).update(envelope.data).digest();
  if (mac.length !== envelope.hmac.length || !timingSafeEqual(mac, envelope.hmac)) return undefined;
  const decipher = createDecipheriv('aes-256-ctr', keys.cipher, keys.iv);
  const padded = Buffer.concat([decipher.update(envelope.data), decipher.final()]);
  return padded.subarray(0, padded.length - (padded.at(-1) ?? 0));
}

function encrypt(data: Uint8Array, keys: Keys): { data: Buffer; hmac: Buffer } {
  const room = 16 - (data.length % 16);
  const cipher = createCipheriv('aes-256-ctr', keys.cipher, keys.iv);
  const sealed = Buffer.concat([
    cipher.update(data),
    cipher.update(Buffer.alloc(room, room)),
    cipher.final(),
  ]);
  return { data: sealed, hmac: createHmac('sha256', keys.hmac).update(sealed).digest() };
}

/** An error of an envelope with the file it stands in, when that is known and nothing better is. */
function placed<T>(file: string | undefined, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FfeError) || error.pos || file === undefined) throw error;
    const { code, message, hint, notes } = error;
    throw new FfeError(code, `${message} on ${file}`, { hint, notes, pos: { file, line: 1, col: 1 } });
  }
}

function candidates(secrets: readonly VaultSecret[], id: string, idMatch: boolean): VaultSecret[] {
  const own = secrets.filter((s) => s.id === id);
  return idMatch ? own : [...own, ...secrets.filter((s) => s.id !== id)];
}

function unopened(secrets: readonly VaultSecret[], id: string, idMatch: boolean): FfeError {
  const known = [...new Set(secrets.map((s) => s.id))].join(', ');
  return new FfeError('vault', 'Decryption failed (no vault secrets were found that could decrypt)', {
    notes: [
      ...(id === 'default' ? [] : [`the text was sealed with vault id '${id}'`]),
      `secrets given: ${known}`,
      ...(idMatch ? ['only secrets of the same vault id are tried (ANSIBLE_VAULT_ID_MATCH)'] : []),
    ],
  });
}

/** A vault with the given secrets, in the order in which they are tried. */
export function createVault(secrets: readonly VaultSecret[], { idMatch = false }: VaultOptions = {}): Vault {
  const keysOf = createKeyring();
  const opened = (text: string | Uint8Array, file?: string): Opened =>
    placed(file, () => {
      const envelope = readEnvelope(text);
      if (secrets.length === 0)
        throw new FfeError('vault', 'Attempting to decrypt but no vault secrets found', {
          hint: 'give --vault-password-file or --ask-vault-pass',
        });
      for (const secret of candidates(secrets, envelope.id, idMatch)) {
        const data = decrypt(envelope, keysOf(secret.password, envelope.salt));
        if (data) return { data, secret, id: envelope.id };
      }
      throw unopened(secrets, envelope.id, idMatch);
    });
  const sealBytes: Vault['sealBytes'] = (text, { id, password }, salt = randomBytes(32)) => {
    const bytes = Buffer.from(salt);
    const plain = typeof text === 'string' ? Buffer.from(text) : text;
    return writeEnvelope({ id, salt: bytes, ...encrypt(plain, keysOf(password, bytes)) });
  };
  return {
    opened,
    openBytes: (envelope, file) => opened(envelope, file).data,
    open: (envelope, file) => opened(envelope, file).data.toString('utf8'),
    sealBytes,
    seal: (text, secret, salt) => sealBytes(text, secret, salt).toString('utf8'),
  };
}
