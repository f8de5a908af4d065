import type { ReadAnswer } from '../../node/queries/query.js';
import type { CertificateArgs } from './certificate-args.js';
import { certificateIn } from './certificate-facts.js';
import { keyIdentifier } from './csr-wish.js';
import { DerError, readDer } from './der.js';
import { octets, sequence, tagged } from './der-write.js';
import { EXT, type Extension, findExtension } from './extensions.js';
import { type KeySource, openedKey, readProbe } from './key-probe.js';
import { signer } from './plan-csr.js';
import type { PublicKey } from './public-key.js';
import { type Certificate, derOf, isSignedBy, type Request, readRequest } from './x509.js';

/** What was read of the node, or given in arguments. */
export type CertificateInputs = {
  readonly key?: ReadAnswer;
  readonly caKey?: ReadAnswer;
  readonly csr?: Uint8Array | string;
  readonly ca?: Uint8Array | string;
};

/** Who certifies what: what both kinds of issuers have in common. */
export type Issuing = {
  /** What is certified: the name, key and extensions of the request. */
  readonly request: Pick<Request, 'subject' | 'subjectDer' | 'extensions' | 'key'>;
  /** The key that the certificate must have, where one is given. */
  readonly own?: PublicKey;
  /** The key that signs, and where it is. */
  readonly signs: PublicKey;
  readonly source: KeySource;
  readonly issuerDer: Buffer;
  readonly authority?: Extension;
  readonly identifier: 'always_create' | 'create_if_not_provided' | 'never_create';
  readonly digest: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** What its arguments begin with. */
  readonly provider: 'selfsigned' | 'ownca';
};

/** Where the CA's key is. */
export function caSigner(a: CertificateArgs): KeySource {
  return {
    path: a.ownca_privatekey_path,
    content: a.ownca_privatekey_content,
    passphrase: a.ownca_privatekey_passphrase,
  };
}

function opened(answer: ReadAnswer | undefined, source: KeySource, what: string): PublicKey | undefined {
  if (!answer) return undefined;
  const key = openedKey(readProbe(answer), source, what);
  if (typeof key === 'string') throw new DerError(key);
  return key;
}

function requestIn(a: CertificateArgs, content: Uint8Array | string | undefined): Request | undefined {
  if (a.csr_path === undefined && a.csr_content === undefined) return undefined;
  if (content === undefined)
    throw new DerError(`The certificate signing request file ${a.csr_path} does not exist`);
  const der = derOf(content, 'CERTIFICATE REQUEST');
  if (!der) throw new DerError(`${a.csr_path ?? 'csr_content'} is no certificate signing request`);
  const request = readRequest(der);
  if (isSignedBy(request, request.key)) return request;
  throw new DerError(`${a.csr_path ?? 'csr_content'} has a signature that is not that of its own key`);
}

function selfSigned(a: CertificateArgs, inputs: CertificateInputs): Issuing {
  const own = opened(inputs.key, signer(a), 'private key');
  if (!own)
    throw new DerError(
      'One of privatekey_path and privatekey_content must be specified for the selfsigned provider.',
    );
  const request = requestIn(a, inputs.csr) ?? {
    subject: [],
    subjectDer: sequence(),
    extensions: [],
    key: own,
  };
  return {
    ...{ request, own, signs: own, source: signer(a), issuerDer: request.subjectDer },
    identifier: a.selfsigned_create_subject_key_identifier,
    digest: a.selfsigned_digest,
    notBefore: a.selfsigned_not_before,
    notAfter: a.selfsigned_not_after,
    provider: 'selfsigned',
  };
}

/** Which of the CA's keys has signed: by the identifier in its certificate, else by that which its key makes. */
function authorityOf(ca: Certificate): Extension {
  const found = findExtension(ca.extensions, 'subjectKeyIdentifier');
  const id = found ? readDer(found.value).content : keyIdentifier(ca.key);
  return { oid: EXT.authorityKeyIdentifier, critical: false, value: sequence(tagged(0, false, id)) };
}

function caOf(a: CertificateArgs, content: Uint8Array | string | undefined): Certificate {
  if (a.ownca_path === undefined && a.ownca_content === undefined)
    throw new DerError('One of ownca_path and ownca_content must be specified for the ownca provider.');
  if (content === undefined) throw new DerError(`The CA certificate file ${a.ownca_path} does not exist`);
  const ca = certificateIn(content);
  if (!ca) throw new DerError(`${a.ownca_path ?? 'ownca_content'} is no certificate`);
  return ca;
}

function ownCa(a: CertificateArgs, inputs: CertificateInputs): Issuing {
  const ca = caOf(a, inputs.ca);
  const signs = opened(inputs.caKey, caSigner(a), 'CA private key');
  if (!signs)
    throw new DerError(
      'One of ownca_privatekey_path and ownca_privatekey_content must be specified for the ownca provider.',
    );
  const request = requestIn(a, inputs.csr);
  if (!request) throw new DerError('csr_path or csr_content is required for ownca provider');
  if (!ca.key.der.equals(signs.der))
    throw new DerError('The CA private key does not belong to the CA certificate');
  return {
    ...{ request, own: opened(inputs.key, signer(a), 'private key'), signs, source: caSigner(a) },
    issuerDer: ca.subjectDer,
    ...(a.ownca_create_authority_key_identifier && { authority: authorityOf(ca) }),
    identifier: a.ownca_create_subject_key_identifier,
    digest: a.ownca_digest,
    notBefore: a.ownca_not_before,
    notAfter: a.ownca_not_after,
    provider: 'ownca',
  };
}

const ELSEWHERE: Readonly<Record<string, string>> = {
  acme: 'The provider acme is not done by this module: community.crypto.acme_certificate asks an ACME server',
  entrust: 'The provider entrust is not done here: it needs an account with that company',
};

/** Who certifies what; throws a DerError that is the task's failure. */
export function issuingOf(a: CertificateArgs, inputs: CertificateInputs): Issuing {
  const elsewhere = ELSEWHERE[a.provider ?? ''];
  if (elsewhere !== undefined) throw new DerError(elsewhere);
  const version = a.provider === 'ownca' ? a.ownca_version : a.selfsigned_version;
  if (version !== 3)
    throw new DerError(`Certificates of version ${version} cannot be made, only of version 3`);
  return a.provider === 'ownca' ? ownCa(a, inputs) : selfSigned(a, inputs);
}

/** The identifier of a key as an extension. */
export function identifierOf(key: PublicKey): Extension {
  return { oid: EXT.subjectKeyIdentifier, critical: false, value: octets(keyIdentifier(key)) };
}
