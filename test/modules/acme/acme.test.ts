import { createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { problemText } from '../../../lib/modules/acme/acme-client.js';
import { identifiersOf } from '../../../lib/modules/acme/certificate-files.js';
import { chainTexts, selectChain } from '../../../lib/modules/acme/chain.js';
import {
  challengeData,
  dnsRecords,
  readAuthorization,
  reverseName,
} from '../../../lib/modules/acme/challenge-data.js';
import {
  jwkOf,
  jwsAlgorithm,
  jwsSignature,
  keyAuthorization,
  signingInput,
} from '../../../lib/modules/acme/jws.js';
import { sequence, value } from '../../../lib/modules/crypto/der-write.js';
import { EXT } from '../../../lib/modules/crypto/extensions.js';
import { encodeGeneralName } from '../../../lib/modules/crypto/general-name.js';
import { readPublicKey } from '../../../lib/modules/crypto/public-key.js';

// The key of RFC 7638, 3.1, and its thumbprint.
const N =
  '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw';
const THUMBPRINT = 'NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs';
const rsa = readPublicKey(
  createPublicKey({ key: { kty: 'RSA', n: N, e: 'AQAB' }, format: 'jwk' }).export({
    format: 'der',
    type: 'spki',
  }),
);

test('a key has the thumbprint of its standard', () => {
  assert.equal(jwkOf(rsa), { e: 'AQAB', kty: 'RSA', n: N });
  assert.is(keyAuthorization('token', jwkOf(rsa)), `token.${THUMBPRINT}`);
});

test('signatures on curves are two numbers of a fixed size', () => {
  for (const namedCurve of ['P-256', 'P-384', 'P-521']) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve });
    const algorithm = jwsAlgorithm(readPublicKey(publicKey.export({ format: 'der', type: 'spki' })));
    const data = Buffer.from('data');
    const raw = jwsSignature(sign(algorithm.hash, data, privateKey), algorithm);
    assert.is(raw.length, algorithm.half! * 2);
    assert.ok(verify(algorithm.hash, data, { key: publicKey, dsaEncoding: 'ieee-p1363' }, raw));
  }
  const { publicKey } = generateKeyPairSync('ed25519');
  const other = readPublicKey(publicKey.export({ format: 'der', type: 'spki' }));
  assert.throws(
    () => jwsAlgorithm(other),
    /needs an RSA key, or one on secp256r1, secp384r1, secp521r1; this is Ed25519/,
  );
});

test('a message without a body is not one with an empty one', () => {
  assert.equal(signingInput({ a: 1 }, undefined), { protected: 'eyJhIjoxfQ', payload: '' });
  assert.is(signingInput({}, {}).payload, 'e30');
});

const authorization = (value: string, more: object = {}) =>
  readAuthorization(
    {
      status: 'pending',
      identifier: { type: /^[\d.]+$|:/.test(value) ? 'ip' : 'dns', value },
      challenges: ['http-01', 'dns-01', 'tls-alpn-01', 'new-01'].map((type) => ({
        type,
        token: 'to+ken',
        url: 'u',
      })),
      ...more,
    },
    'https://acme/1',
  );

test('each kind of challenge has its answer', () => {
  const data = challengeData([authorization('a.example')], jwkOf(rsa));
  const kinds = data['a.example'] as Record<string, Record<string, string>>;
  assert.equal(Object.keys(kinds), ['http-01', 'dns-01', 'tls-alpn-01']);
  assert.equal(kinds['http-01'], {
    resource: '.well-known/acme-challenge/to_ken',
    resource_value: `to_ken.${THUMBPRINT}`,
  });
  assert.is(kinds['dns-01']?.record, '_acme-challenge.a.example');
  assert.match(kinds['dns-01']?.resource_value ?? '', /^[A-Za-z0-9_-]{43}$/);
  assert.is(kinds['tls-alpn-01']?.resource_original, 'dns:a.example');
});

test('a wildcard shares its record, what is valid needs no answer, an address has no record', () => {
  const all = [
    authorization('a.example'),
    authorization('a.example', { wildcard: true }),
    authorization('b.example', { status: 'valid' }),
    authorization('192.0.2.1'),
  ];
  const data = challengeData(all, jwkOf(rsa));
  assert.equal(Object.keys(data), ['a.example', '*.a.example', '192.0.2.1']);
  assert.equal(Object.keys(dnsRecords(data)), ['_acme-challenge.a.example']);
  assert.is(dnsRecords(data)['_acme-challenge.a.example']?.length, 2);
  const address = data['192.0.2.1'] as Record<string, Record<string, string>>;
  assert.is(address['tls-alpn-01']?.resource, '1.2.0.192.in-addr.arpa.');
  assert.is(reverseName('2001:db8::1').length, 73);
});

test('identifiers are the common name, DNS names and addresses', () => {
  const names = ['DNS:b.example', 'DNS:a.example', 'IP:192.0.2.1'].map((n) => encodeGeneralName(n));
  const extensions = [{ oid: EXT.subjectAltName, critical: false, value: sequence(...names) }];
  const subject = [{ oid: '2.5.4.3', value: 'a.example' }];
  const told = identifiersOf({ subject, extensions }).map((i) => `${i.type}:${i.value}`);
  assert.equal(told, ['dns:a.example', 'dns:b.example', 'ip:192.0.2.1']);
  const mail = [
    { oid: EXT.subjectAltName, critical: false, value: value(0x30, encodeGeneralName('email:a@b')) },
  ];
  assert.throws(() => identifiersOf({ subject, extensions: mail }), /unsupported SAN identifier email:a@b/);
});

test('problems of parts are told with their whole', () => {
  const problem = { type: 't', detail: 'all', subproblems: [{ type: 's', detail: 'one' }] };
  assert.is(problemText(problem), 'all (t); one (s)');
});

// A certificate of nobody, valid until 2090, that cases of another module have.
const file = new URL('../x509_certificate_pipe/cases.yml', import.meta.url);
const pem = (parse(readFileSync(file, 'utf8')) as { cases: { args: { content: string } }[] }).cases[1]!.args
  .content;

test('a chain is taken by what its certificates say', () => {
  const [first, second] = [
    { cert: 'x\n', chain: [] },
    { cert: 'y\n', chain: [pem] },
  ];
  const chains = [first, second];
  const wish = { test_certificates: 'all', issuer: undefined, subject: undefined } as const;
  const ids = { subject_key_identifier: undefined, authority_key_identifier: undefined };
  assert.is(selectChain(chains, [{ ...wish, ...ids }]), second);
  assert.is(selectChain(chains, [{ ...wish, ...ids, issuer: { CN: 'Root' } }]), undefined);
  assert.is(selectChain(chains, [{ ...wish, ...ids, subject_key_identifier: '00:01' }]), undefined);
  assert.is(
    selectChain(chains, [{ ...wish, ...ids, test_certificates: 'last', authority_key_identifier: '00' }]),
    undefined,
  );
  assert.equal(chainTexts(second), { cert: 'y\n', chain: pem, full_chain: `y\n${pem}` });
});

test.run();
