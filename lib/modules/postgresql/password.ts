import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';

const SCRAM = /^SCRAM-SHA-256\$(\d+):([A-Za-z0-9+/=]+)\$([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)$/;
const MD5 = /^md5[0-9a-f]{32}$/;
const KEY_BYTES = 32;
const SALT_BYTES = 16;

// RFC 4013, 2.1 and 2.3: what becomes a space, what becomes nothing, and what may not be there.
const SPACES = /[\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]/g;
const NOTHING = /\u00AD|\u034F|\u1806|[\u180B-\u180D]|\u200C|\u200D|\u2060|[\uFE00-\uFE0F]|\uFEFF/g;
const PROHIBITED = /[\p{Cc}\p{Co}\p{Cs}\p{Cn}\u2028\u2029\uFFF9-\uFFFD]/u;

/** A password as SCRAM prepares it (RFC 4013); as it is where that forbids it, as the server does. */
export function prepared(password: string): string {
  const normal = password.replace(SPACES, ' ').replace(NOTHING, '').normalize('NFKC');
  return normal === '' || PROHIBITED.test(normal) ? password : normal;
}

/** Whether a text is not a password but what a server keeps of one. */
export function isVerifier(text: string): boolean {
  return SCRAM.test(text) || MD5.test(text);
}

/** What a server keeps of a password for SCRAM-SHA-256 (RFC 5803, RFC 7677). */
export function scramVerifier(
  password: string,
  salt: Uint8Array = randomBytes(SALT_BYTES),
  iterations = 4096,
): string {
  const salted = pbkdf2Sync(prepared(password), salt, iterations, KEY_BYTES, 'sha256');
  const key = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(key('Client Key')).digest('base64');
  const text = Buffer.from(salt).toString('base64');
  return `SCRAM-SHA-256$${iterations}:${text}$${stored}:${key('Server Key').toString('base64')}`;
}

/** What a server keeps of a password of a user with md5. */
export function md5Verifier(password: string, user: string): string {
  return `md5${createHash('md5').update(password).update(user).digest('hex')}`;
}

/** Whether a server that keeps `stored` (empty: none) has to be told of this password; an empty one takes it away. */
export function differs(password: string, user: string, stored: string): boolean {
  if (password === '') return stored !== '';
  if (isVerifier(password)) return password !== stored;
  const [, iterations, salt] = SCRAM.exec(stored) ?? [];
  if (salt !== undefined)
    return scramVerifier(password, Buffer.from(salt, 'base64'), Number(iterations)) !== stored;
  return MD5.test(stored) ? md5Verifier(password, user) !== stored : password !== stored;
}
