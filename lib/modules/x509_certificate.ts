import { text } from '../node/content.js';
import { acmeProviderArgs, certificateArgs, certificateRules } from './crypto/certificate-args.js';
import { objectArgs, objectReturns } from './crypto/object-args.js';
import { askCertificate, certificateQueries, tellCertificate } from './crypto/plan-certificate.js';
import { contentOf, objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { defineModule } from './module.js';

/** Keeps certificates that are signed by their own key, or by a CA whose key is on the node. */
export const x509Certificate = defineModule({
  name: 'x509_certificate',
  collection: 'community.crypto',
  summary: 'Keeps a certificate in a file: self-signed, or of an own CA.',
  args: {
    ...objectArgs,
    ...certificateArgs,
    ...acmeProviderArgs,
    provider: {
      type: 'str',
      choices: ['acme', 'entrust', 'ownca', 'selfsigned'],
      doc: 'Who signs: the own key (selfsigned), or a CA whose key is on the node (ownca); the others are refused.',
    },
  },
  rules: { ...certificateRules, requiredIf: [['state', 'present', ['provider']]] },
  diffs: { always: true, single: true },
  returns: {
    ...objectReturns,
    certificate: 'the certificate as PEM, with return_content',
    privatekey: 'the private key',
    csr: 'the request',
    ca_cert: "the CA's certificate, of ownca",
    ca_privatekey: "the CA's private key, of ownca",
    notBefore: 'from when it is valid',
    notAfter: 'until when it is valid',
    serial_number: 'its number',
  },
  examples: `
- name: The web server has a certificate
  community.crypto.x509_certificate:
    path: /etc/ssl/web.crt
    privatekey_path: /etc/ssl/private/web.pem
    csr_path: /etc/ssl/web.csr
    provider: selfsigned
`,
  queries: (a) => ({
    ...objectQueries(a),
    ...(a.state === 'present' ? certificateQueries(a) : {}),
  }),
  more: (a, seen, info) =>
    a.state === 'present' ? { signed: askCertificate(a, seen, contentOf(seen.file), info) } : undefined,
  plan: (a, seen, info) => {
    const paths = { privatekey: a.privatekey_path ?? null, csr: a.csr_path ?? null };
    if (a.state === 'absent')
      return planGone(a, seen, { ...paths, ...(a.return_content && { certificate: null }) });
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    const content = contentOf(seen.file);
    const told = tellCertificate(a, seen, content, info);
    if (told.plan) return told.plan;
    const now = told.pem ?? (content === undefined ? null : Buffer.from(content).toString('utf8'));
    return planObject(a, seen, {
      reason: told.reason,
      content: told.pem === undefined ? undefined : text(told.pem),
      result: { ...told.result, ...(a.return_content && { certificate: now }) },
    });
  },
});
