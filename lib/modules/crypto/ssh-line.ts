import { bitsOf, DerError, integerOf, readDer, within } from './der.js';
import type { PublicKey } from './public-key.js';

/** One string of a key (RFC 4251, 5). */
function field(bytes: Uint8Array | string): Buffer {
  const content = Buffer.from(bytes as string);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  return Buffer.concat([length, content]);
}

/** A number that is not negative (RFC 4251, 5: mpint). */
function number(n: bigint): Buffer {
  const hex = n.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return field((bytes[0] ?? 0) > 0x7f ? Buffer.concat([Buffer.from([0]), bytes]) : bytes);
}

const CURVES: Readonly<Record<string, string>> = {
  secp256r1: 'nistp256',
  secp384r1: 'nistp384',
  secp521r1: 'nistp521',
};

function parts({
  type,
  curve = '',
  der,
}: PublicKey): readonly [word: string, ...fields: Buffer[]] | undefined {
  const [algorithm, subject] = within(readDer(der));
  const bytes = bitsOf(subject);
  switch (type) {
    case 'RSA': {
      const [n = 0n, e = 0n] = within(readDer(bytes)).map(integerOf);
      return ['ssh-rsa', number(e), number(n)];
    }
    case 'DSA': {
      const numbers = within(within(algorithm)[1]).map(integerOf);
      return ['ssh-dss', ...numbers.map(number), number(integerOf(readDer(bytes)))];
    }
    case 'ECC': {
      const name = CURVES[curve];
      return name === undefined ? undefined : [`ecdsa-sha2-${name}`, field(name), field(bytes)];
    }
    case 'Ed25519':
      return ['ssh-ed25519', field(bytes)];
    default:
      return undefined;
  }
}

/** A public key as OpenSSH writes it, without a comment; throws a DerError for kinds that OpenSSH has not. */
export function sshLine(key: PublicKey): string {
  const found = parts(key);
  if (!found) throw new DerError(`OpenSSH has no public keys of type ${key.type} ${key.curve ?? ''}`.trim());
  const [word, ...fields] = found;
  return `${word} ${Buffer.concat([field(word), ...fields]).toString('base64')}`;
}
