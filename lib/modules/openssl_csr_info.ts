import { path } from '../node/queries/query.js';
import { DerError } from './crypto/der.js';
import { backendArg } from './crypto/object-args.js';
import { contentOf } from './crypto/plan-object.js';
import { requestFacts } from './crypto/request-facts.js';
import { nameEncodingArg, sharedReturns } from './crypto/shared-returns.js';
import { derOf, isSignedBy, readRequest } from './crypto/x509.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';

/** Tells what a request for a certificate asks for; nothing but its file is needed of the node. */
export const opensslCsrInfo = defineModule({
  name: 'openssl_csr_info',
  collection: 'community.crypto',
  summary: 'Tells what is in a request for a certificate.',
  tells: true,
  args: {
    path: { type: 'path', doc: 'The file.' },
    content: { type: 'str', doc: 'The request itself.' },
    name_encoding: nameEncodingArg,
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: { requiredOneOf: [['path', 'content']], mutuallyExclusive: [['path', 'content']] },
  returns: {
    signature_valid: 'whether it is signed by its own key',
    ...sharedReturns,
    name_constraints_permitted: 'names that a CA may sign for; null when that is not said',
    name_constraints_excluded: 'names that a CA may not sign for; null when that is not said',
    name_constraints_critical: 'whether they must be understood',
  },
  examples: `
- name: The request is looked at
  community.crypto.openssl_csr_info:
    path: /etc/ssl/web.csr
  register: request
`,
  queries: (a) => ({
    file: a.path === undefined ? undefined : path(a.path, { follow: true, content: true }),
  }),
  plan: (a, { file }, info) => {
    const content = a.content ?? (file && contentOf(file));
    if (content === undefined && mayComeLater(info)) return ok('an earlier task may make the request');
    if (content === undefined) return failed(`cannot read the request ${a.path}: there is no such file`);
    const der = derOf(content, 'CERTIFICATE REQUEST');
    if (!der) return failed(`${a.path ?? 'content'} is no request for a certificate`);
    try {
      const request = readRequest(der);
      const signature_valid = isSignedBy(request, request.key);
      const told = { signature_valid, ...requestFacts(request, { encoding: a.name_encoding }) };
      return signature_valid ? ok('the request is told', told) : failed('CSR signature is invalid!', told);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return failed(`${a.path ?? 'content'} is no request for a certificate: ${error.message}`);
    }
  },
});
