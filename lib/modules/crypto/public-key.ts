import { createHash } from 'node:crypto';
import type { JsonObject } from '../../values/json.js';
import { curveByOid } from './curves.js';
import { bitsOf, type Der, integerOf, oidOf, readDer, within } from './der.js';
import { wholeNumber } from './whole-number.js';

/** What a public key is: its type in Ansible's word, the bits of its size, its curve, and what else is in it. */
export type PublicKey = {
  readonly type: string;
  readonly size?: number;
  readonly curve?: string;
  readonly data: JsonObject;
  /** SubjectPublicKeyInfo in DER (RFC 5280, 4.1.2.7). */
  readonly der: Buffer;
};

// RFC 8410; these have nothing but their bytes.
const EDWARDS: Readonly<Record<string, string>> = {
  '1.3.101.110': 'X25519',
  '1.3.101.111': 'X448',
  '1.3.101.112': 'Ed25519',
  '1.3.101.113': 'Ed448',
};

function bitLength(n: bigint): number {
  return n.toString(2).length;
}

function rsa(der: Buffer, key: Buffer): PublicKey {
  const [n, e] = within(readDer(key)).map(integerOf);
  const size = bitLength(n!);
  return { type: 'RSA', size, data: { size, modulus: wholeNumber(n!), exponent: wholeNumber(e!) }, der };
}

function dsa(der: Buffer, key: Buffer, parameters: Der | undefined): PublicKey {
  const [p, q, g] = within(parameters).map(integerOf);
  const y = integerOf(readDer(key));
  const size = bitLength(p!);
  const numbers = { p: p!, q: q!, g: g!, y };
  const data = Object.fromEntries(Object.entries(numbers).map(([k, v]) => [k, wholeNumber(v)]));
  return { type: 'DSA', size, data: { size, ...data }, der };
}

function ecc(der: Buffer, point: Buffer, parameters: Der | undefined): PublicKey {
  const curve = curveByOid(oidOf(parameters));
  const half = (point.length - 1) / 2;
  const part = (from: number) =>
    wholeNumber(BigInt(`0x${point.subarray(from, from + half).toString('hex')}`));
  const where = point[0] === 4 ? { x: part(1), y: part(1 + half) } : {};
  return {
    type: 'ECC',
    size: curve.bits,
    curve: curve.name,
    data: { curve: curve.name, exponent_size: curve.bits, ...where },
    der,
  };
}

/** Reads a SubjectPublicKeyInfo; throws a DerError. */
export function readPublicKey(der: Buffer): PublicKey {
  const [algorithm, subject] = within(readDer(der));
  const [kind, parameters] = within(algorithm);
  const oid = oidOf(kind);
  const key = bitsOf(subject);
  if (oid === '1.2.840.113549.1.1.1') return rsa(der, key);
  if (oid === '1.2.840.10040.4.1') return dsa(der, key, parameters);
  if (oid === '1.2.840.10045.2.1') return ecc(der, key, parameters);
  return { type: EDWARDS[oid] ?? `unknown (${oid})`, data: {}, der };
}

/** The name of a fingerprint in results, and of its hash here. */
const HASHES: Readonly<Record<string, string>> = {
  blake2b: 'blake2b512',
  blake2s: 'blake2s256',
  md5: 'md5',
  sha1: 'sha1',
  sha224: 'sha224',
  sha256: 'sha256',
  sha384: 'sha384',
  sha3_224: 'sha3-224',
  sha3_256: 'sha3-256',
  sha3_384: 'sha3-384',
  sha3_512: 'sha3-512',
  sha512: 'sha512',
  shake_128: 'shake128',
  shake_256: 'shake256',
};

function fingerprint(bytes: Uint8Array, hash: string): string {
  const long = hash.startsWith('shake') ? { outputLength: 32 } : undefined;
  return colons(createHash(hash, long).update(bytes).digest());
}

/** Bytes as pairs of hexadecimal digits with colons between them. */
export function colons(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString('hex')
    .replace(/..(?=.)/g, '$&:');
}

/** The hashes of bytes by the names of their algorithms. */
export function fingerprints(bytes: Uint8Array): JsonObject {
  return Object.fromEntries(Object.entries(HASHES).map(([name, hash]) => [name, fingerprint(bytes, hash)]));
}

/** The one hash that diffs show. */
export function oneFingerprint(bytes: Uint8Array): JsonObject {
  return { sha256: fingerprint(bytes, 'sha256') };
}
