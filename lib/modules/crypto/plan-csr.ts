import type { ReadAnswer, ReadQuery } from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, type Plan } from '../plan.js';
import { complaint, without } from '../program.js';
import type { CsrArgs } from './csr-args.js';
import { givenAltNames, givenSubject } from './csr-subject.js';
import { type CsrWish, csrWish } from './csr-wish.js';
import { DerError } from './der.js';
import { integer, oid, sequence, set, tagged } from './der-write.js';
import { EXT, encodeExtensions, findExtension, meaning } from './extensions.js';
import { type KeySource, openedKey, readProbe } from './key-probe.js';
import { encodeName, type NamePart } from './names.js';
import { toPem } from './pem.js';
import type { PublicKey } from './public-key.js';
import { requestFacts } from './request-facts.js';
import { assembled, signingWith, signQuery } from './signatures.js';
import { derOf, isSignedBy, type Request, readRequest } from './x509.js';

/** Where the key is that signs. */
export function signer(
  a: Pick<CsrArgs, 'privatekey_path' | 'privatekey_content' | 'privatekey_passphrase'>,
): KeySource {
  return { path: a.privatekey_path, content: a.privatekey_content, passphrase: a.privatekey_passphrase };
}

/** What is known before anything is signed: the wish, the request there is, and why there must be another. */
type Known = {
  readonly key: PublicKey;
  readonly wish: CsrWish;
  readonly existing?: Request;
  readonly reason?: string;
};

function partsText(parts: readonly NamePart[], ordered: boolean): string {
  const all = parts.map((p) => `${p.oid}=${p.value}`);
  return JSON.stringify(ordered ? all : [...new Set(all)].sort());
}

/** Why a request does not do; undefined when it does. Extensions of kinds that are not known here do not count. */
function differs(a: CsrArgs, wish: CsrWish, key: PublicKey, now: Request): string | undefined {
  const ordered = (a.subject_ordered?.length ?? 0) > 0;
  if (partsText(wish.subject, ordered) !== partsText(now.subject, ordered)) return 'another subject';
  for (const kind of Object.keys(EXT) as (keyof typeof EXT)[]) {
    if (kind === 'authorityInfoAccess') continue;
    const [wished, there] = [findExtension(wish.extensions, kind), findExtension(now.extensions, kind)];
    if ((wished && meaning(wished)) !== (there && meaning(there))) return `another ${kind}`;
  }
  if (!now.key.der.equals(key.der)) return 'another key';
  return isSignedBy(now, now.key) ? undefined : 'the signature is not right';
}

function existingRequest(content: Uint8Array | string | undefined): Request | undefined {
  const der = content === undefined ? undefined : derOf(content, 'CERTIFICATE REQUEST');
  try {
    return der && readRequest(der);
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Decides from the key and what is there; throws a DerError that is the task's failure. */
function know(
  a: CsrArgs,
  probe: ReadAnswer,
  content: Uint8Array | string | undefined,
  force: boolean,
): Known {
  const key = openedKey(readProbe(probe), signer(a));
  if (typeof key === 'string') throw new DerError(key);
  const wish = csrWish(a, key);
  const existing = existingRequest(content);
  if (force) return { key, wish, existing, reason: 'a new request is asked for' };
  if (existing) return { key, wish, existing, reason: differs(a, wish, key, existing) };
  return { key, wish, reason: content === undefined ? 'there is no request' : 'what is there is no request' };
}

function body({ wish, key }: Known): Buffer {
  const { subject, extensions } = wish;
  const asked = sequence(oid('1.2.840.113549.1.9.14'), set(encodeExtensions(extensions)));
  return sequence(
    integer(0),
    encodeName(subject),
    key.der,
    tagged(0, true, ...(extensions.length > 0 ? [asked] : [])),
  );
}

/** Asks for the signature where there must be another request; not in check mode, nor when it will fail anyway. */
export function askSignature(
  a: CsrArgs,
  probe: ReadAnswer,
  content: Uint8Array | string | undefined,
  force: boolean,
  info: PlanInfo,
): ReadQuery | undefined {
  if (info.check) return undefined;
  try {
    const known = know(a, probe, content, force);
    if (known.reason === undefined) return undefined;
    return signQuery(signer(a), signingWith(known.key.type, a.digest), body(known));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

/** Result fields about what was asked for; throws a DerError. */
export function csrResult(a: CsrArgs): JsonObject {
  const subject = givenSubject(a);
  return {
    privatekey: a.privatekey_path ?? null,
    subject: subject.map((part) => [...part]),
    subjectAltName: [...(givenAltNames(a, subject) ?? [])],
    ...(givenAltNames(a, subject) === undefined && { subjectAltName: null }),
    keyUsage: a.key_usage ?? null,
    extendedKeyUsage: a.extended_key_usage ?? null,
    basicConstraints: a.basic_constraints ?? null,
    ocspMustStaple: a.ocsp_must_staple,
    name_constraints_permitted: a.name_constraints_permitted ?? [],
    name_constraints_excluded: a.name_constraints_excluded ?? [],
  };
}

/** What diffs show of a request. */
function facts(content: Uint8Array | string | undefined): JsonObject {
  if (content === undefined) return {};
  const request = existingRequest(content);
  return request
    ? { can_parse_csr: true, signature_valid: isSignedBy(request, request.key), ...requestFacts(request) }
    : { can_parse_csr: false };
}

/** What is to be: the request, when there must be another; else the plan that ends the task. */
export type Told =
  | { readonly plan: Plan }
  | {
      readonly plan?: undefined;
      readonly reason?: string;
      /** The new request, absent in check mode. */
      readonly pem?: string;
      readonly result: JsonObject;
    };

/** Tells what is to be from the key, what is there, and the signature. */
export function tellCsr(
  a: CsrArgs,
  seen: { readonly key: ReadAnswer; readonly signed?: ReadAnswer; readonly content?: Uint8Array | string },
  force: boolean,
  info: PlanInfo,
): Told {
  const lacks = without('openssl', 'openssl', seen.key, info);
  if (lacks) return { plan: lacks };
  if (!readProbe(seen.key).exists && mayComeLater(info))
    return { plan: change('an earlier task may make the key', []) };
  try {
    const known = know(a, seen.key, seen.content, force);
    const before = facts(seen.content);
    const signing = signingWith(known.key.type, a.digest);
    const { signed } = seen;
    if (known.reason !== undefined && signed && signed.rc !== 0)
      return { plan: failed(`openssl cannot sign: ${complaint(signed)}`) };
    const pem = signed && toPem('CERTIFICATE REQUEST', assembled(signed, signing));
    const diff = { before, after: pem === undefined ? before : facts(pem) };
    return { reason: known.reason, pem, result: { ...csrResult(a), diff } };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { plan: failed(error.message) };
  }
}
