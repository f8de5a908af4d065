import { verify } from 'node:crypto';
import { bitsOf, type Der, DerError, integerOf, oidOf, readDer, TAG, timeOf, within } from './der.js';
import { type Extension, readExtensions } from './extensions.js';
import { type NamePart, readName } from './names.js';
import { pemBytes } from './pem.js';
import { type PublicKey, readPublicKey } from './public-key.js';
import { hashOfSignature } from './signatures.js';

/** What is signed in a request or a certificate, and how. */
export type Signed = {
  /** The bytes that are signed, and all of them. */
  readonly body: Buffer;
  readonly der: Buffer;
  readonly signature: Buffer;
  readonly algorithm: string;
};

/** A request for a certificate (RFC 2986). */
export type Request = Signed & {
  readonly subject: readonly NamePart[];
  readonly subjectDer: Buffer;
  readonly key: PublicKey;
  readonly extensions: readonly Extension[];
};

/** A certificate (RFC 5280). Times are in milliseconds since 1970. */
export type Certificate = Request & {
  readonly version: number;
  readonly serial: bigint;
  readonly issuer: readonly NamePart[];
  readonly issuerDer: Buffer;
  readonly notBefore: number;
  readonly notAfter: number;
};

const EXTENSION_REQUEST = '1.2.840.113549.1.9.14';

function readSigned(bytes: Buffer): { signed: Signed; parts: Der[] } {
  const der = readDer(bytes);
  const [body, algorithm, signature] = within(der);
  if (body === undefined) throw new DerError('nothing is signed');
  const [kind] = within(algorithm);
  const signed = { body: body.whole, der: der.whole, signature: bitsOf(signature), algorithm: oidOf(kind) };
  return { signed, parts: within(body) };
}

function required(der: Der | undefined): Der {
  if (der === undefined) throw new DerError('a part is missing');
  return der;
}

/** Reads a request in DER; throws a DerError. */
export function readRequest(bytes: Buffer): Request {
  const { signed, parts } = readSigned(bytes);
  const [, subject, key, attributes] = parts;
  const asked = attributes === undefined ? undefined : within(attributes).find(isExtensionRequest);
  const [, values] = asked ? within(asked) : [];
  return {
    ...signed,
    subject: readName(subject),
    subjectDer: required(subject).whole,
    key: readPublicKey(required(key).whole),
    extensions: values ? readExtensions(within(values)[0]) : [],
  };
}

function isExtensionRequest(attribute: Der): boolean {
  return oidOf(within(attribute)[0]) === EXTENSION_REQUEST;
}

/** Reads a certificate in DER; throws a DerError. */
export function readCertificate(bytes: Buffer): Certificate {
  const { signed, parts } = readSigned(bytes);
  const numbered = parts[0]?.tag === 0xa0;
  const version = numbered ? Number(integerOf(within(parts[0])[0])) + 1 : 1;
  const [serial, , issuer, validity, subject, key, ...rest] = numbered ? parts.slice(1) : parts;
  const [from, to] = within(validity);
  const extensions = rest.find((part) => part.tag === 0xa3);
  return {
    ...signed,
    version,
    serial: integerOf(serial),
    issuer: readName(issuer),
    issuerDer: required(issuer).whole,
    notBefore: timeOf(from),
    notAfter: timeOf(to),
    subject: readName(subject),
    subjectDer: required(subject).whole,
    key: readPublicKey(required(key).whole),
    extensions: extensions ? readExtensions(within(extensions)[0]) : [],
  };
}

/** The bytes of a file that is PEM with such a label, or DER; undefined when it is neither. */
export function derOf(content: Uint8Array | string, label: string): Buffer | undefined {
  const bytes = Buffer.from(content as string);
  const pem = pemBytes(bytes.toString('latin1'), label);
  return pem ?? (bytes[0] === TAG.sequence ? bytes : undefined);
}

/** Whether a signature is that of a key over what is signed; false when its kind is not known. */
export function isSignedBy(signed: Signed, key: PublicKey): boolean {
  const hash = hashOfSignature(signed.algorithm);
  if (hash === undefined) return false;
  try {
    return verify(hash, signed.body, { key: key.der, format: 'der', type: 'spki' }, signed.signature);
  } catch {
    return false;
  }
}
