import { createHash, createPublicKey } from 'node:crypto';
import type { JsonObject } from '../../values/json.js';
import { DerError, integerOf, readDer, within } from '../crypto/der.js';
import type { PublicKey } from '../crypto/public-key.js';

/** How keys of a kind sign requests (RFC 7518, 3.1): the word for it, the hash, and the bytes of half an ECDSA signature. */
export type JwsAlgorithm = { readonly alg: string; readonly hash: string; readonly half?: number };

const CURVES: Readonly<Record<string, JwsAlgorithm>> = {
  secp256r1: { alg: 'ES256', hash: 'sha256', half: 32 },
  secp384r1: { alg: 'ES384', hash: 'sha384', half: 48 },
  secp521r1: { alg: 'ES512', hash: 'sha512', half: 66 },
};

/** How a key signs; throws a DerError for keys that ACME does not take. */
export function jwsAlgorithm({ type, curve = '' }: PublicKey): JwsAlgorithm {
  const found = type === 'RSA' ? { alg: 'RS256', hash: 'sha256' } : CURVES[curve];
  if (found) return found;
  throw new DerError(
    `an ACME account needs an RSA key, or one on ${Object.keys(CURVES).join(', ')}; this is ${type} ${curve}`,
  );
}

/** A public key as JSON (RFC 7517), its members in the order that thumbprints want (RFC 7638, 3.3). */
export function jwkOf({ der }: PublicKey): JsonObject {
  const all = createPublicKey({ key: der, format: 'der', type: 'spki' }).export({ format: 'jwk' });
  const { crv, e, kty, n, x, y } = all;
  return kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
}

/** Bytes in base64 for URLs, without padding. */
export function base64url(bytes: Uint8Array | string): string {
  return Buffer.from(bytes as string).toString('base64url');
}

/** What answers a challenge: its token and the thumbprint of the account's key (RFC 8555, 8.1). */
export function keyAuthorization(token: string, jwk: JsonObject): string {
  return `${token}.${base64url(createHash('sha256').update(JSON.stringify(jwk)).digest())}`;
}

function fixed(n: bigint, size: number): Buffer {
  return Buffer.from(n.toString(16).padStart(size * 2, '0'), 'hex');
}

/** A signature as JWS has it: of ECDSA the two numbers, each with all its bytes (RFC 7518, 3.4). */
export function jwsSignature(signature: Buffer, { half }: JwsAlgorithm): Buffer {
  if (half === undefined) return signature;
  return Buffer.concat(within(readDer(signature)).map((n) => fixed(integerOf(n), half)));
}

/** What is signed of a message: its header and its body; an undefined body is that of a POST as GET. */
export function signingInput(header: JsonObject, payload: JsonObject | undefined) {
  return {
    protected: base64url(JSON.stringify(header)),
    payload: payload === undefined ? '' : base64url(JSON.stringify(payload)),
  };
}
