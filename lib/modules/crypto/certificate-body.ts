import { randomBytes } from 'node:crypto';
import { type Issuing, identifierOf } from './certificate-issuer.js';
import { integer, sequence, tagged, time } from './der-write.js';
import { EXT, type Extension, encodeExtensions, findExtension, meaning } from './extensions.js';
import type { PublicKey } from './public-key.js';
import { timeOption } from './relative-time.js';
import { type Signing, signingWith } from './signatures.js';
import { type Certificate, isSignedBy } from './x509.js';

/** The key that is certified. */
function certifiedKey({ provider, own, request }: Issuing): PublicKey {
  return provider === 'selfsigned' && own ? own : request.key;
}

/** The extensions of the certificate: those that are asked for, and identifiers of keys. */
export function wishedExtensions(issuing: Issuing): Extension[] {
  const { request, identifier, authority } = issuing;
  const { subjectKeyIdentifier, authorityKeyIdentifier } = EXT;
  const asked = request.extensions.filter(
    ({ oid }) =>
      !(oid === subjectKeyIdentifier && identifier === 'always_create') &&
      !(oid === authorityKeyIdentifier && authority),
  );
  const made = identifier !== 'never_create' && !findExtension(asked, 'subjectKeyIdentifier');
  const own = made ? [identifierOf(certifiedKey(issuing))] : [];
  return [...asked, ...own, ...(authority ? [authority] : [])];
}

/** How it is signed; throws a DerError. */
export function signingOf({ signs, digest }: Issuing): Signing {
  return signingWith(signs.type, digest);
}

/** From when until when it is valid; throws a DerError. */
export function validity({ notBefore, notAfter, provider }: Issuing, now: number): readonly [number, number] {
  return [
    timeOption(notBefore, `${provider}_not_before`, now),
    timeOption(notAfter, `${provider}_not_after`, now),
  ];
}

/** At most 20 bytes, positive, and never a small number (RFC 5280, 4.1.2.2). */
function newSerial(): bigint {
  const bytes = randomBytes(20);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** What is signed of a new certificate (TBSCertificate); throws a DerError. */
export function certificateBody(issuing: Issuing, now = Date.now()): Buffer {
  const { request, issuerDer } = issuing;
  const extensions = wishedExtensions(issuing);
  return sequence(
    tagged(0, true, integer(2)),
    integer(newSerial()),
    signingOf(issuing).der,
    issuerDer,
    sequence(...validity(issuing, now).map(time)),
    request.subjectDer,
    certifiedKey(issuing).der,
    ...(extensions.length > 0 ? [tagged(3, true, encodeExtensions(extensions))] : []),
  );
}

function meanings(extensions: readonly Extension[]): string {
  return extensions
    .map((e) => `${e.oid} ${meaning(e)}`)
    .sort()
    .join('\n');
}

/** Why a certificate does not do; undefined when it does. */
export function certificateDiffers(
  issuing: Issuing,
  now: Certificate,
  ignoreTimes: boolean,
  at = Date.now(),
): string | undefined {
  const { request, own, signs, issuerDer } = issuing;
  if ((own && !own.der.equals(now.key.der)) || !request.key.der.equals(now.key.der)) return 'another key';
  if (!request.subjectDer.equals(now.subjectDer) && !sameParts(request.subject, now.subject))
    return 'another subject';
  if (meanings(wishedExtensions(issuing)) !== meanings(now.extensions)) return 'other extensions';
  if (!issuerDer.equals(now.issuerDer)) return 'another issuer';
  const [from, to] = validity(issuing, at);
  if (!ignoreTimes && (from !== now.notBefore || to !== now.notAfter)) return 'other times';
  return isSignedBy(now, signs) ? undefined : 'it is signed by another key';
}

function sameParts(a: Certificate['subject'], b: Certificate['subject']): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
