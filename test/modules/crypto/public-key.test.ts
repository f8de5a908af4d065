import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { CURVES, curveByOid } from '../../../lib/modules/crypto/curves.js';
import { fingerprints, oneFingerprint, readPublicKey } from '../../../lib/modules/crypto/public-key.js';
import { asBigint, wholeNumber } from '../../../lib/modules/crypto/whole-number.js';
import type { Json } from '../../../lib/values/json.js';

const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' });
const number = (text: string | undefined) =>
  BigInt(`0x${Buffer.from(text ?? '', 'base64url').toString('hex')}`);

test('an RSA key has its numbers', () => {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { type, size, data } = readPublicKey(der(publicKey));
  assert.equal([type, size, data.size, data.exponent], ['RSA', 1024, 1024, 65537]);
  assert.is(asBigint(data.modulus as Json), number(publicKey.export({ format: 'jwk' }).n));
});

test('a key on a curve has its point', () => {
  for (const [name, namedCurve] of [
    ['secp256r1', 'P-256'],
    ['secp521r1', 'P-521'],
  ] as const) {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve });
    const { type, size, curve, data } = readPublicKey(der(publicKey));
    const jwk = publicKey.export({ format: 'jwk' });
    assert.equal([type, curve, data.curve, data.exponent_size], ['ECC', name, name, size]);
    assert.equal([asBigint(data.x as Json), asBigint(data.y as Json)], [number(jwk.x), number(jwk.y)]);
  }
});

test('every curve is found by its identifier, one that is not known is refused', () => {
  for (const curve of CURVES) assert.is(curveByOid(curve.oid), curve);
  assert.throws(() => curveByOid('1.2.3'), /an elliptic curve that is not known: 1.2.3/);
});

test('a DSA key has its numbers, the others have only a name', () => {
  const { publicKey } = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 });
  const { type, size, data } = readPublicKey(der(publicKey));
  assert.equal([type, size, Object.keys(data).sort()], ['DSA', 1024, ['g', 'p', 'q', 'size', 'y']]);
  const others = { ed25519: 'Ed25519', ed448: 'Ed448', x25519: 'X25519', x448: 'X448' } as const;
  for (const [kind, name] of Object.entries(others)) {
    const pair = generateKeyPairSync(kind as 'ed25519');
    const read = readPublicKey(der(pair.publicKey));
    assert.equal([read.type, read.size, read.data], [name, undefined, {}]);
  }
});

test('fingerprints are by the names of hashes', () => {
  const bytes = Buffer.from('abc');
  const all = fingerprints(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  assert.is(String(all.sha256).replaceAll(':', ''), sha256);
  assert.equal(oneFingerprint(bytes), { sha256: all.sha256 });
  assert.is(Object.keys(all).length, 14);
  assert.equal([String(all.shake_128).length, String(all.md5).length], [32 * 3 - 1, 16 * 3 - 1]);
});

test('numbers that JavaScript cannot hold are spelt', () => {
  assert.is(wholeNumber(65537n), 65537);
  assert.equal(wholeNumber(1n << 64n), { __number: '18446744073709551616' });
  assert.is(asBigint(wholeNumber(1n << 64n)), 1n << 64n);
});

test.run();
