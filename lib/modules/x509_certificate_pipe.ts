import { certificateArgs, certificateRules } from './crypto/certificate-args.js';
import { askCertificate, certificateQueries, tellCertificate } from './crypto/plan-certificate.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';

/** Makes certificates that are kept elsewhere. */
export const x509CertificatePipe = defineModule({
  name: 'x509_certificate_pipe',
  collection: 'community.crypto',
  summary: 'Makes a certificate without a file.',
  args: {
    ...certificateArgs,
    content: { type: 'str', doc: 'The certificate there is.' },
    force: { type: 'bool', default: false, doc: 'Make another one even when it is as wished.' },
    provider: {
      type: 'str',
      required: true,
      choices: ['entrust', 'ownca', 'selfsigned'],
      doc: 'Who signs: the own key (selfsigned), or a CA whose key is on the node (ownca); entrust is refused.',
    },
  },
  rules: certificateRules,
  diffs: { always: true, single: true },
  returns: { certificate: 'the certificate as PEM' },
  examples: `
- name: The CA of the fleet signs
  community.crypto.x509_certificate_pipe:
    provider: ownca
    ownca_path: /etc/ssl/ca.crt
    ownca_privatekey_path: /etc/ssl/private/ca.pem
    csr_content: "{{ request.csr }}"
  register: signed
`,
  queries: (a) => certificateQueries(a),
  more: (a, seen, info) => ({ signed: askCertificate(a, seen, a.content, info) }),
  plan: (a, seen, info) => {
    const told = tellCertificate(a, seen, a.content, info);
    if (told.plan) return told.plan;
    const result = { ...told.result, certificate: told.pem ?? a.content ?? null };
    return told.reason === undefined
      ? ok('the certificate is as wished', result)
      : change(told.reason, [], { result });
  },
});
