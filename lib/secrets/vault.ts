import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  pbkdf2Sync,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto';
import { FfeError } from '../errors/error.js';

/** A password with its vault id (`default` when none was given). */
export type VaultSecret = { readonly id: string; readonly password: string };

/** Opens and seals vault text with the secrets of a run; keys are derived once per password and salt. */
export type Vault = {
  /** The text of an envelope, tried with the secret of its id first, then with all others. Throws code 'vault'. */
  open(envelope: string): string;
  /** The same, as bytes. */
  openBytes(envelope: string): Buffer;
  seal(text: string | Uint8Array, secret: VaultSecret, salt?: Uint8Array): string;
};

const HEADER = '$ANSIBLE_VAULT';
const ITERATIONS = 10_000;
const COLUMNS = 80;

/** Whether a text is a vault envelope. */
export function isSealed(text: string): boolean {
  return text.trimStart().startsWith(`${HEADER};`);
}

type Keys = { readonly cipher: Buffer; readonly hmac: Buffer; readonly iv: Buffer };
type Envelope = {
  readonly id: string | undefined;
  readonly salt: Buffer;
  readonly hmac: Buffer;
  readonly data: Buffer;
};

// Format 1.1 and 1.2 as in Ansible's documentation, "Ansible Vault payload format": header; then hex of
// salt, HMAC-SHA256 and AES256-CTR ciphertext (each as hex, by newlines), 80 columns.
function parse(envelope: string): Envelope {
  const [header = '', ...body] = envelope
    .trim()
    .split(/\r?\n/)
    .map((l) => l.trim());
  const [name, version, cipher, id] = header.split(';');
  if (name !== HEADER)
    throw new FfeError('vault', 'this is not vault-encrypted text', {
      hint: `it must begin with ${HEADER};`,
    });
  if (version !== '1.1' && version !== '1.2')
    throw new FfeError('vault', `vault format ${version} is not supported`, {
      hint: 'formats 1.1 and 1.2 are',
    });
  if (cipher !== 'AES256')
    throw new FfeError('vault', `vault cipher ${cipher} is not supported`, { hint: 'AES256 is' });
  const parts = Buffer.from(body.join(''), 'hex').toString('latin1').split('\n');
  if (parts.length !== 3)
    throw new FfeError('vault', 'the vault envelope is damaged', {
      hint: 'salt, checksum and data were expected',
    });
  const [salt, hmac, data] = parts.map((p) => Buffer.from(p, 'hex')) as [Buffer, Buffer, Buffer];
  return { id, salt, hmac, data };
}

function derive(password: string, salt: Uint8Array): Keys {
  const key = pbkdf2Sync(password, salt, ITERATIONS, 80, 'sha256');
  return { cipher: key.subarray(0, 32), hmac: key.subarray(32, 64), iv: key.subarray(64, 80) };
}

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
    cipher.update(Buffer.concat([data, Buffer.alloc(room, room)])),
    cipher.final(),
  ]);
  return { data: sealed, hmac: createHmac('sha256', keys.hmac).update(sealed).digest() };
}

/** A vault with the given secrets, in the order in which they are tried. */
export function createVault(secrets: readonly VaultSecret[]): Vault {
  const derived = new Map<string, Keys>();
  const keysOf = (password: string, salt: Buffer): Keys => {
    const name = `${salt.toString('hex')}|${password}`;
    const known = derived.get(name) ?? derive(password, salt);
    derived.set(name, known);
    return known;
  };
  const openBytes = (text: string): Buffer => {
    const envelope = parse(text);
    if (secrets.length === 0)
      throw new FfeError('vault', 'Attempting to decrypt but no vault secrets found', {
        hint: 'give --vault-password-file or --ask-vault-pass',
      });
    const order = [
      ...secrets.filter((s) => s.id === envelope.id),
      ...secrets.filter((s) => s.id !== envelope.id),
    ];
    for (const { password } of order) {
      const opened = decrypt(envelope, keysOf(password, envelope.salt));
      if (opened) return opened;
    }
    throw new FfeError('vault', 'Decryption failed (no vault secrets were found that could decrypt)', {
      notes: envelope.id ? [`the text was sealed with vault id '${envelope.id}'`] : [],
    });
  };
  return {
    openBytes,
    open: (text) => openBytes(text).toString('utf8'),
    seal: (text, secret, salt = randomBytes(32)) =>
      seal(Buffer.from(text), secret, Buffer.from(salt), keysOf),
  };
}

function seal(
  data: Buffer,
  secret: VaultSecret,
  salt: Buffer,
  keysOf: (password: string, salt: Buffer) => Keys,
): string {
  const sealed = encrypt(data, keysOf(secret.password, salt));
  const body = Buffer.from(
    [salt, sealed.hmac, sealed.data].map((b) => b.toString('hex')).join('\n'),
    'latin1',
  ).toString('hex');
  const header = secret.id === 'default' ? `${HEADER};1.1;AES256` : `${HEADER};1.2;AES256;${secret.id}`;
  return `${[header, ...(body.match(new RegExp(`.{1,${COLUMNS}}`, 'g')) ?? [])].join('\n')}\n`;
}
