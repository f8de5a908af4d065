import type { JsonObject } from '../../values/json.js';
import { DerError } from './der.js';
import { pemBytes, toPem } from './pem.js';
import { fingerprints, oneFingerprint, type PublicKey, readPublicKey } from './public-key.js';
import { parseSshKey } from './ssh-key.js';
import { sshLine } from './ssh-line.js';

/** How a public key is written in a file. */
export type PublicFormat = 'OpenSSH' | 'PEM';

/** The public key in a PEM file; undefined when there is none. */
export function publicKeyIn(content: Uint8Array | string | undefined): PublicKey | undefined {
  const der = pemBytes(Buffer.from((content ?? '') as string).toString('latin1'), 'PUBLIC KEY');
  try {
    return der && readPublicKey(der);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return undefined;
  }
}

/** The file that a public key is written as; throws a DerError when it cannot be. */
export function publicFile(key: PublicKey, format: PublicFormat): string {
  return format === 'PEM' ? toPem('PUBLIC KEY', key.der) : sshLine(key);
}

/** Whether a file holds just this key in this form; comments do not count. */
export function holds(content: Uint8Array, key: PublicKey, format: PublicFormat): boolean {
  if (format === 'PEM') return publicKeyIn(content)?.der.equals(key.der) ?? false;
  const found = parseSshKey(Buffer.from(content).toString('utf8'));
  return found !== undefined && `${found.word} ${found.data}` === sshLine(key);
}

/** What is told of a public key. */
export function publicFacts(key: PublicKey): JsonObject {
  return { type: key.type, public_data: key.data, fingerprints: fingerprints(key.der) };
}

/** What diffs show of a file that should hold a public key. */
export function publicDiff(content: Uint8Array | string | undefined): JsonObject {
  if (content === undefined) return {};
  const key = publicKeyIn(content);
  return key
    ? { can_parse_key: true, type: key.type, public_data: key.data, fingerprints: oneFingerprint(key.der) }
    : { can_parse_key: false };
}
