import {
  type PathAnswer,
  type PathQuery,
  path,
  type ReadAnswer,
  type ReadQuery,
} from '../../node/queries/query.js';
import type { JsonObject } from '../../values/json.js';
import type { PlanInfo } from '../module.js';
import { mayComeLater } from '../pending.js';
import { change, failed, type Plan } from '../plan.js';
import { complaint, without } from '../program.js';
import type { CertificateArgs } from './certificate-args.js';
import { certificateBody, certificateDiffers, signingOf, validity } from './certificate-body.js';
import { briefFacts, certificateIn } from './certificate-facts.js';
import { type CertificateInputs, caSigner, type Issuing, issuingOf } from './certificate-issuer.js';
import { DerError } from './der.js';
import { probeKey } from './key-probe.js';
import { toPem } from './pem.js';
import { signer } from './plan-csr.js';
import { contentOf } from './plan-object.js';
import { timeText } from './relative-time.js';
import { assembled, signQuery } from './signatures.js';
import { wholeNumber } from './whole-number.js';
import type { Certificate } from './x509.js';

/** What was asked of the node. */
export type CertificateSeen = {
  readonly key?: ReadAnswer;
  readonly caKey?: ReadAnswer;
  readonly csrFile?: PathAnswer;
  readonly caFile?: PathAnswer;
};

/** What has to be known before a certificate is made: keys, the request, the CA. */
export function certificateQueries(a: CertificateArgs): {
  readonly key?: ReadQuery;
  readonly caKey?: ReadQuery;
  readonly csrFile?: PathQuery;
  readonly caFile?: PathQuery;
} {
  const file = (p: string | undefined) =>
    p === undefined ? undefined : path(p, { follow: true, content: true });
  const own = a.provider === 'ownca';
  const given = (p: string | undefined, content: string | undefined) =>
    p !== undefined || content !== undefined;
  return {
    key: given(a.privatekey_path, a.privatekey_content) ? probeKey(signer(a)) : undefined,
    caKey:
      own && given(a.ownca_privatekey_path, a.ownca_privatekey_content) ? probeKey(caSigner(a)) : undefined,
    csrFile: file(a.csr_path),
    caFile: own ? file(a.ownca_path) : undefined,
  };
}

function inputs(a: CertificateArgs, { key, caKey, csrFile, caFile }: CertificateSeen): CertificateInputs {
  return {
    key,
    caKey,
    csr: a.csr_content ?? (csrFile && contentOf(csrFile)),
    ca: a.ownca_content ?? (caFile && contentOf(caFile)),
  };
}

type Known = { readonly issuing: Issuing; readonly existing?: Certificate; readonly reason?: string };

function know(a: CertificateArgs, seen: CertificateSeen, content: Uint8Array | string | undefined): Known {
  const issuing = issuingOf(a, inputs(a, seen));
  const existing = certificateIn(content);
  signingOf(issuing);
  if (a.force) return { issuing, existing, reason: 'a new certificate is asked for' };
  if (existing)
    return { issuing, existing, reason: certificateDiffers(issuing, existing, a.ignore_timestamps) };
  return {
    issuing,
    reason: content === undefined ? 'there is no certificate' : 'what is there is no certificate',
  };
}

/** Asks for the signature where there must be another certificate; not in check mode, nor when it will fail anyway. */
export function askCertificate(
  a: CertificateArgs,
  seen: CertificateSeen,
  content: Uint8Array | string | undefined,
  info: PlanInfo,
): ReadQuery | undefined {
  if (info.check) return undefined;
  try {
    const { issuing, reason } = know(a, seen, content);
    if (reason === undefined) return undefined;
    return signQuery(issuing.source, signingOf(issuing), certificateBody(issuing));
  } catch (error) {
    if (error instanceof DerError) return undefined;
    throw error;
  }
}

function missing({ key, caKey, csrFile, caFile }: CertificateSeen): boolean {
  const NO_FILE = 3;
  const files = [csrFile, caFile].some((file) => file !== undefined && !file.exists);
  return files || [key, caKey].some((probe) => probe?.rc === NO_FILE);
}

function result(a: CertificateArgs, known: Known, made: Certificate | undefined): JsonObject {
  const now = made ?? (known.reason === undefined ? known.existing : undefined);
  const [from, to] = now ? [now.notBefore, now.notAfter] : validity(known.issuing, Date.now());
  return {
    privatekey: a.privatekey_path ?? null,
    csr: a.csr_path ?? null,
    ...(a.provider === 'ownca' && {
      ca_cert: a.ownca_path ?? null,
      ca_privatekey: a.ownca_privatekey_path ?? null,
    }),
    notBefore: timeText(from),
    notAfter: timeText(to),
    serial_number: now ? wholeNumber(now.serial) : null,
  };
}

/** What is to be: the certificate, when there must be another; else the plan that ends the task. */
export type ToldCertificate =
  | { readonly plan: Plan }
  | {
      readonly plan?: undefined;
      readonly reason?: string;
      /** The new certificate, absent in check mode. */
      readonly pem?: string;
      readonly result: JsonObject;
    };

/** Tells what is to be from what the node has, what is there, and the signature. */
export function tellCertificate(
  a: CertificateArgs,
  seen: CertificateSeen & { readonly signed?: ReadAnswer },
  content: Uint8Array | string | undefined,
  info: PlanInfo,
): ToldCertificate {
  for (const probe of [seen.key, seen.caKey]) {
    const lacks = probe && without('openssl', 'openssl', probe, info);
    if (lacks) return { plan: lacks };
  }
  if (missing(seen) && mayComeLater(info))
    return { plan: change('an earlier task may make what is missing', []) };
  try {
    const known = know(a, seen, content);
    const { signed } = seen;
    if (signed && signed.rc !== 0) return { plan: failed(`openssl cannot sign: ${complaint(signed)}`) };
    const pem = signed && toPem('CERTIFICATE', assembled(signed, signingOf(known.issuing)));
    const before = briefFacts(content);
    const diff = { before, after: pem === undefined ? before : briefFacts(pem) };
    return { reason: known.reason, pem, result: { ...result(a, known, certificateIn(pem)), diff } };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { plan: failed(error.message) };
  }
}
