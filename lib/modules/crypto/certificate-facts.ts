import type { JsonObject } from '../../values/json.js';
import { DerError, oidOf, readDer, within } from './der.js';
import { findExtension } from './extensions.js';
import { nameOfOid } from './oids.js';
import { fingerprints, oneFingerprint } from './public-key.js';
import { timeText } from './relative-time.js';
import { nameFacts, sharedFacts, type Telling } from './request-facts.js';
import { wholeNumber } from './whole-number.js';
import { type Certificate, derOf, readCertificate } from './x509.js';

const OCSP = '1.3.6.1.5.5.7.48.1';
const ISSUERS = '1.3.6.1.5.5.7.48.2';
const URI_TAG = 0x86;

function access({ extensions }: Certificate, method: string): string | null {
  const found = findExtension(extensions, 'authorityInfoAccess');
  const places = found ? within(readDer(found.value)).map((d) => within(d)) : [];
  const place = places.find(([kind, where]) => oidOf(kind) === method && where?.tag === URI_TAG)?.[1];
  return place ? place.content.toString('latin1') : null;
}

/** Everything that is told of a certificate; `now` decides whether it has expired. */
export function certificateFacts(
  certificate: Certificate,
  telling: Telling = { brief: true },
  now = Date.now(),
): JsonObject {
  const { algorithm, issuer, version, notBefore, notAfter, serial, der } = certificate;
  return {
    signature_algorithm: nameOfOid(algorithm),
    ...sharedFacts(certificate, telling),
    ...nameFacts('issuer', issuer),
    version,
    not_before: timeText(notBefore),
    not_after: timeText(notAfter),
    expired: notAfter < now,
    fingerprints: telling.brief ? oneFingerprint(der) : fingerprints(der),
    serial_number: wholeNumber(serial),
    ocsp_uri: access(certificate, OCSP),
    issuer_uri: access(certificate, ISSUERS),
  };
}

/** The certificate in a file or text; undefined when there is none, or when it cannot be read. */
export function certificateIn(content: Uint8Array | string | undefined): Certificate | undefined {
  const der = content === undefined ? undefined : derOf(content, 'CERTIFICATE');
  try {
    return der && readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** What diffs show of a certificate. */
export function briefFacts(content: Uint8Array | string | undefined): JsonObject {
  if (content === undefined) return {};
  const found = certificateIn(content);
  return found
    ? { can_parse_certificate: true, ...certificateFacts(found) }
    : { can_parse_certificate: false };
}
