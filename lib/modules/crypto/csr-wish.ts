import { createHash } from 'node:crypto';
import { type CsrArgs, type PointArgs, REASONS } from './csr-args.js';
import { givenAltNames, givenSubject } from './csr-subject.js';
import { bitsOf, DerError, readDer, TAG, within } from './der.js';
import { integer, namedBits, octets, oid, sequence, tagged, value, yes } from './der-write.js';
import { EXT, type Extension } from './extensions.js';
import { encodeGeneralName, encodeGeneralNames } from './general-name.js';
import { usageBits } from './key-usage.js';
import { encodeParts, type NamePart, namePart, parsePart } from './names.js';
import { oidByName } from './oids.js';
import type { PublicKey } from './public-key.js';
import { asBigint } from './whole-number.js';

/** What is asked for: a name, and extensions. */
export type CsrWish = { readonly subject: readonly NamePart[]; readonly extensions: readonly Extension[] };

/** The identifier of a key that is made from it (RFC 5280, 4.2.1.2). */
export function keyIdentifier({ der }: PublicKey): Buffer {
  const [, bits] = within(readDer(der));
  return createHash('sha1').update(bitsOf(bits)).digest();
}

function extendedUsage(names: readonly string[]): Buffer {
  return sequence(
    ...names.map((name) => {
      const dotted = oidByName(name);
      if (dotted === undefined) throw new DerError(`Cannot find OID for "${name}"`);
      return oid(dotted);
    }),
  );
}

function constraints(words: readonly string[]): Buffer {
  const found: { ca: boolean; pathlen?: number } = { ca: false };
  for (const word of words) {
    const [, ca, length] = /^(?:CA:(TRUE|FALSE)|pathlen:(\d+))$/.exec(word) ?? [];
    if (ca !== undefined) found.ca = ca === 'TRUE';
    else if (length !== undefined) found.pathlen = Number(length);
    else
      throw new DerError(
        `Unknown basic constraint "${word}"; known are CA:TRUE, CA:FALSE and pathlen:NUMBER`,
      );
  }
  if (found.pathlen !== undefined && !found.ca)
    throw new DerError('path_length must be None when ca is False: pathlen is only for CA:TRUE');
  return sequence(
    ...(found.ca ? [yes()] : []),
    ...(found.pathlen === undefined ? [] : [integer(found.pathlen)]),
  );
}

function subtrees(number: number, names: readonly string[], what: string): Buffer[] {
  const each = names.map((name) => sequence(encodeGeneralName(name, `name constraints ${what}`)));
  return each.length === 0 ? [] : [tagged(number, true, ...each)];
}

function hexBytes(words: string, what: string): Buffer {
  const digits = words.replaceAll(':', '');
  if (!/^([0-9a-f]{2})+$/i.test(digits))
    throw new DerError(`Cannot parse ${what}: ${words} are not bytes in hex`);
  return Buffer.from(digits, 'hex');
}

function authority(a: CsrArgs): Buffer | undefined {
  const {
    authority_key_identifier: id,
    authority_cert_issuer: issuer,
    authority_cert_serial_number: serial,
  } = a;
  if (id === undefined && issuer === undefined && serial === undefined) return undefined;
  return sequence(
    ...(id === undefined ? [] : [tagged(0, false, hexBytes(id, 'authority_key_identifier'))]),
    ...(issuer === undefined ? [] : [encodeGeneralNames(0xa1, issuer, 'authority cert issuer')]),
    ...(serial === undefined ? [] : [tagged(2, false, readDer(integer(asBigint(serial))).content)]),
  );
}

function notEmpty(list: readonly string[] | undefined, what: string): boolean {
  if (list?.length === 0) throw new DerError(`${what} must not be empty`);
  return list !== undefined;
}

function point({ full_name: full, relative_name: relative, crl_issuer: issuer, reasons }: PointArgs): Buffer {
  const where = notEmpty(full, 'full_name')
    ? [encodeGeneralNames(0xa0, full!, 'full name')]
    : notEmpty(relative, 'relative_name')
      ? [tagged(1, true, ...encodeParts(relative!.map(parsePart)).sort(Buffer.compare))]
      : [];
  const bits = (reasons ?? []).map((reason) => REASONS[reason as keyof typeof REASONS]);
  return sequence(
    ...(where.length > 0 ? [tagged(0, true, ...where)] : []),
    ...(reasons === undefined ? [] : [tagged(1, false, readDer(namedBits(bits)).content)]),
    ...(notEmpty(issuer, 'crl_issuer') ? [encodeGeneralNames(0xa2, issuer!, 'CRL issuer')] : []),
  );
}

function points(list: readonly PointArgs[]): Buffer {
  return sequence(
    ...list.map((one, i) => {
      try {
        return point(one);
      } catch (error) {
        if (!(error instanceof DerError)) throw error;
        throw new DerError(`Error while parsing CRL distribution point #${i}: ${error.message}`);
      }
    }),
  );
}

function subjectKey(a: CsrArgs, key: PublicKey): Buffer | undefined {
  if (a.create_subject_key_identifier && a.subject_key_identifier !== undefined)
    throw new DerError('subject_key_identifier cannot be specified if create_subject_key_identifier is true');
  if (a.create_subject_key_identifier) return octets(keyIdentifier(key));
  const given = a.subject_key_identifier;
  return given === undefined ? undefined : octets(hexBytes(given, 'subject_key_identifier'));
}

/** What the arguments ask for; throws a DerError. */
export function csrWish(a: CsrArgs, key: PublicKey): CsrWish {
  const given = givenSubject(a);
  const found: Extension[] = [];
  const add = (kind: keyof typeof EXT, said: Buffer | undefined, critical = false) => {
    if (said) found.push({ oid: EXT[kind], critical, value: said });
  };
  const some = <T>(list: readonly T[] | undefined, encode: (l: readonly T[]) => Buffer) =>
    list?.length ? encode(list) : undefined;
  const names = (list: readonly string[]) =>
    encodeGeneralNames(TAG.sequence, list, 'Subject Alternative Name');
  add('subjectAltName', some(givenAltNames(a, given), names), a.subject_alt_name_critical);
  add(
    'keyUsage',
    some(a.key_usage, (l) => namedBits(usageBits(l))),
    a.key_usage_critical,
  );
  add('extendedKeyUsage', some(a.extended_key_usage, extendedUsage), a.extended_key_usage_critical);
  add('basicConstraints', some(a.basic_constraints, constraints), a.basic_constraints_critical);
  add('tlsFeature', a.ocsp_must_staple ? sequence(integer(5)) : undefined, a.ocsp_must_staple_critical);
  const sides = [
    ...subtrees(0, a.name_constraints_permitted ?? [], 'permitted'),
    ...subtrees(1, a.name_constraints_excluded ?? [], 'excluded'),
  ];
  add(
    'nameConstraints',
    some(sides, (l) => value(TAG.sequence, ...l)),
    a.name_constraints_critical,
  );
  add('subjectKeyIdentifier', subjectKey(a, key));
  add('authorityKeyIdentifier', authority(a));
  add('crlDistributionPoints', some(a.crl_distribution_points, points));
  return { subject: given.map(([word, text]) => namePart(word, text)), extensions: found };
}
