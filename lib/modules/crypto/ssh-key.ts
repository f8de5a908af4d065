import { createHash } from 'node:crypto';

/** A public key of OpenSSH: its kind in the words of ssh-keygen, its bits, and what stands in its line. */
export type SshKey = {
  readonly type: string;
  readonly size: number;
  readonly fingerprint: string;
  readonly word: string;
  readonly data: string;
  readonly comment: string;
};

// The words of lines (RFC 4253, RFC 5656, RFC 8709) by the kinds of keys.
const TYPES: Readonly<Record<string, string>> = {
  'ssh-rsa': 'rsa',
  'ssh-dss': 'dsa',
  'ssh-ed25519': 'ed25519',
  'ecdsa-sha2-nistp256': 'ecdsa',
  'ecdsa-sha2-nistp384': 'ecdsa',
  'ecdsa-sha2-nistp521': 'ecdsa',
};
const CURVE_25519_BITS = 256;

/** The strings in a key (RFC 4251, 5). */
function strings(blob: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) break;
    found.push(blob.subarray(at + 4, end));
    at = end;
  }
  return found;
}

function bitsOf(number: Buffer | undefined): number {
  return BigInt(`0x0${number?.toString('hex') ?? ''}`).toString(2).length;
}

function sizeOf(type: string, word: string, parts: readonly Buffer[]): number {
  if (type === 'ecdsa') return Number(word.slice(-3));
  if (type === 'ed25519') return CURVE_25519_BITS;
  return bitsOf(type === 'rsa' ? parts[2] : parts[1]);
}

/** The key in a line of a .pub file; undefined when there is none, or one of another kind. */
export function parseSshKey(line: string): SshKey | undefined {
  const [, word = '', data = '', comment = ''] = /^(\S+) +(\S+)(?: +(.*))?$/.exec(line.trim()) ?? [];
  const type = TYPES[word];
  const blob = Buffer.from(data, 'base64');
  const parts = strings(blob);
  if (type === undefined || parts[0]?.toString('latin1') !== word) return undefined;
  const hash = createHash('sha256').update(blob).digest('base64').replace(/=+$/, '');
  return { type, size: sizeOf(type, word, parts), fingerprint: `SHA256:${hash}`, word, data, comment };
}
