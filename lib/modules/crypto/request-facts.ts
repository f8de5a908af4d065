import type { Json, JsonObject } from '../../values/json.js';
import { type Der, integerOf, oidOf, readDer, within } from './der.js';
import { basicConstraintsOf, bitNumbers, type EXT, type Extension, findExtension } from './extensions.js';
import { generalNameText, type NameEncoding } from './general-name.js';
import { usageNames } from './key-usage.js';
import type { NamePart } from './names.js';
import { nameOfOid } from './oids.js';
import { toPem } from './pem.js';
import { colons, fingerprints, oneFingerprint } from './public-key.js';
import { wholeNumber } from './whole-number.js';
import type { Request } from './x509.js';

/** How facts are told: names with letters beyond ASCII, and whether one hash is enough (for diffs). */
export type Telling = { readonly encoding?: NameEncoding; readonly brief?: boolean };

/** A name as a dict, where later parts of a kind win, and as a list of pairs. */
export function nameFacts(word: 'subject' | 'issuer', parts: readonly NamePart[]): JsonObject {
  const pairs = parts.map(({ oid, value }) => [nameOfOid(oid), value] as const);
  return { [word]: Object.fromEntries(pairs), [`${word}_ordered`]: pairs.map((pair) => [...pair]) };
}

/** What one kind of extension says, and whether it is critical; null and false where it is absent. */
function told(
  all: readonly Extension[],
  kind: keyof typeof EXT,
  name: string,
  tell: (value: Buffer) => Json,
): JsonObject {
  const found = findExtension(all, kind);
  return { [name]: found ? tell(found.value) : null, [`${name}_critical`]: found?.critical ?? false };
}

function constraints(value: Buffer): string[] {
  const { ca, pathlen } = basicConstraintsOf(value);
  return [ca ? 'CA:TRUE' : 'CA:FALSE', ...(pathlen === undefined ? [] : [`pathlen:${pathlen}`])];
}

function mustStaple(value: Buffer): boolean {
  return within(readDer(value)).some((n) => integerOf(n) === 5n);
}

function side(value: Buffer, number: number, encoding: NameEncoding | undefined): string[] {
  const found = within(readDer(value)).find((s) => (s.tag & 0x1f) === number);
  return found ? within(found).map((tree) => generalNameText(within(tree)[0]!, encoding)) : [];
}

/** Constraints on names, of a request only. */
export function constraintFacts(
  { extensions }: Pick<Request, 'extensions'>,
  encoding?: NameEncoding,
): JsonObject {
  const found = findExtension(extensions, 'nameConstraints');
  return {
    name_constraints_permitted: found ? side(found.value, 0, encoding) : null,
    name_constraints_excluded: found ? side(found.value, 1, encoding) : null,
    name_constraints_critical: found?.critical ?? false,
  };
}

function authorityFacts(all: readonly Extension[], encoding: NameEncoding | undefined): JsonObject {
  const found = findExtension(all, 'authorityKeyIdentifier');
  const parts = found ? within(readDer(found.value)) : [];
  const [id, issuer, serial] = [0, 1, 2].map((n) => parts.find((p: Der) => (p.tag & 0x1f) === n));
  return {
    authority_key_identifier: id ? colons(id.content) : null,
    authority_cert_issuer: issuer ? within(issuer).map((n) => generalNameText(n, encoding)) : null,
    authority_cert_serial_number: serial ? wholeNumber(integerOf(serial)) : null,
  };
}

function byOid(all: readonly Extension[]): JsonObject {
  return Object.fromEntries(
    all.map(({ oid, critical, value }) => [oid, { critical, value: value.toString('base64') }]),
  );
}

/** What requests and certificates have in common. */
export function sharedFacts({ extensions, key, subject }: Request, { encoding, brief }: Telling): JsonObject {
  const hashes = brief ? oneFingerprint : fingerprints;
  const names = (value: Buffer) => within(readDer(value)).map((n) => generalNameText(n, encoding));
  const purposes = (value: Buffer) =>
    within(readDer(value))
      .map((o) => nameOfOid(oidOf(o)))
      .sort();
  const identifier = findExtension(extensions, 'subjectKeyIdentifier');
  return {
    ...nameFacts('subject', subject),
    ...told(extensions, 'keyUsage', 'key_usage', (value) => usageNames(bitNumbers(value))),
    ...told(extensions, 'extendedKeyUsage', 'extended_key_usage', purposes),
    ...told(extensions, 'basicConstraints', 'basic_constraints', constraints),
    ...told(extensions, 'tlsFeature', 'ocsp_must_staple', mustStaple),
    ...told(extensions, 'subjectAltName', 'subject_alt_name', names),
    public_key: toPem('PUBLIC KEY', key.der),
    public_key_type: key.type,
    public_key_data: key.data,
    public_key_fingerprints: hashes(key.der),
    subject_key_identifier: identifier ? colons(readDer(identifier.value).content) : null,
    ...authorityFacts(extensions, encoding),
    extensions_by_oid: byOid(extensions),
  };
}

/** Everything that is told of a request, without whether its signature is right. */
export function requestFacts(request: Request, telling: Telling = { brief: true }): JsonObject {
  return { ...sharedFacts(request, telling), ...constraintFacts(request, telling.encoding) };
}
