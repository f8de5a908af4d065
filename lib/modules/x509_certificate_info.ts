import { path } from '../node/queries/query.js';
import type { Json, JsonObject } from '../values/json.js';
import { certificateFacts } from './crypto/certificate-facts.js';
import { DerError } from './crypto/der.js';
import { backendArg } from './crypto/object-args.js';
import { contentOf } from './crypto/plan-object.js';
import { timeOption } from './crypto/relative-time.js';
import { nameEncodingArg, sharedReturns } from './crypto/shared-returns.js';
import { type Certificate, derOf, readCertificate } from './crypto/x509.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';

/** Whether the certificate is valid at each of the times. */
function validAt({ notBefore, notAfter }: Certificate, times: JsonObject): JsonObject {
  const one = (name: string, words: Json | undefined) => {
    const at = timeOption(String(words), `valid_at.${name}`, Date.now());
    return notBefore <= at && at <= notAfter;
  };
  return Object.fromEntries(Object.entries(times).map(([name, words]) => [name, one(name, words)]));
}

/** Tells what a certificate says; nothing but its file is needed of the node. */
export const x509CertificateInfo = defineModule({
  name: 'x509_certificate_info',
  collection: 'community.crypto',
  summary: 'Tells what is in a certificate.',
  tells: true,
  args: {
    path: { type: 'path', doc: 'The file.' },
    content: { type: 'str', doc: 'The certificate itself.' },
    valid_at: { type: 'dict', doc: 'Times by names, as +30d or 20300131120000Z: whether it is valid then.' },
    name_encoding: nameEncodingArg,
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: { requiredOneOf: [['path', 'content']], mutuallyExclusive: [['path', 'content']] },
  returns: {
    expired: 'whether its time is over',
    ...sharedReturns,
    issuer: 'the parts of the name of who signed, by their words',
    issuer_ordered: 'the parts of the name of who signed, as pairs',
    not_before: 'from when it is valid, as 20300131120000Z',
    not_after: 'until when it is valid',
    fingerprints: 'hashes of the certificate, by their names',
    signature_algorithm: 'how it is signed',
    serial_number: 'its number',
    version: 'its version',
    valid_at: 'by the names of the times',
    ocsp_uri: 'where it is asked whether it is revoked; null when that is not said',
    issuer_uri: 'where the certificate of who signed is; null when that is not said',
  },
  examples: `
- name: The certificate is looked at
  community.crypto.x509_certificate_info:
    path: /etc/ssl/web.crt
    valid_at: { soon: +30d }
  register: web
`,
  queries: (a) => ({
    file: a.path === undefined ? undefined : path(a.path, { follow: true, content: true }),
  }),
  plan: (a, { file }, info) => {
    const content = a.content ?? (file && contentOf(file));
    if (content === undefined && mayComeLater(info)) return ok('an earlier task may make the certificate');
    if (content === undefined) return failed(`cannot read the certificate ${a.path}: there is no such file`);
    const der = derOf(content, 'CERTIFICATE');
    if (!der) return failed(`${a.path ?? 'content'} is no certificate`);
    try {
      const certificate = readCertificate(der);
      const valid_at = validAt(certificate, a.valid_at ?? {});
      return ok('the certificate is told', {
        ...certificateFacts(certificate, { encoding: a.name_encoding }),
        valid_at,
      });
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return failed(`${a.path ?? 'content'}: ${error.message}`);
    }
  },
});
