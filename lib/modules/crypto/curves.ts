import { DerError } from './der.js';

/** An elliptic curve: its name here and in OpenSSL, its object identifier, and the bits of its keys. */
export type Curve = {
  readonly name: string;
  readonly openssl: string;
  readonly oid: string;
  readonly bits: number;
};

/** By their names: SEC 2 and RFC 5639. */
const TABLE: Readonly<Record<string, readonly [oid: string, bits: number, openssl?: string]>> = {
  secp192r1: ['1.2.840.10045.3.1.1', 192, 'prime192v1'],
  secp224r1: ['1.3.132.0.33', 224],
  secp256k1: ['1.3.132.0.10', 256],
  secp256r1: ['1.2.840.10045.3.1.7', 256, 'prime256v1'],
  secp384r1: ['1.3.132.0.34', 384],
  secp521r1: ['1.3.132.0.35', 521],
  brainpoolP256r1: ['1.3.36.3.3.2.8.1.1.7', 256],
  brainpoolP384r1: ['1.3.36.3.3.2.8.1.1.11', 384],
  brainpoolP512r1: ['1.3.36.3.3.2.8.1.1.13', 512],
  sect163k1: ['1.3.132.0.1', 163],
  sect163r2: ['1.3.132.0.15', 163],
  sect233k1: ['1.3.132.0.26', 233],
  sect233r1: ['1.3.132.0.27', 233],
  sect283k1: ['1.3.132.0.16', 283],
  sect283r1: ['1.3.132.0.17', 283],
  sect409k1: ['1.3.132.0.36', 409],
  sect409r1: ['1.3.132.0.37', 409],
  sect571k1: ['1.3.132.0.38', 571],
  sect571r1: ['1.3.132.0.39', 570],
};

/** Every curve that a key can be made on. */
export const CURVES: readonly Curve[] = Object.entries(TABLE).map(([name, [oid, bits, openssl = name]]) => ({
  name,
  openssl,
  oid,
  bits,
}));

/** A curve by its object identifier; throws a DerError. */
export function curveByOid(oid: string): Curve {
  const found = CURVES.find((curve) => curve.oid === oid);
  if (!found) throw new DerError(`an elliptic curve that is not known: ${oid}`);
  return found;
}
