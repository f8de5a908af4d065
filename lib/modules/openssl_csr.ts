import { text } from '../node/content.js';
import { csrArgs, csrReturns, csrRules } from './crypto/csr-args.js';
import { probeKey } from './crypto/key-probe.js';
import { objectArgs, objectReturns } from './crypto/object-args.js';
import { askSignature, csrResult, signer, tellCsr } from './crypto/plan-csr.js';
import { contentOf, objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { defineModule } from './module.js';

/** Keeps requests for certificates. What is signed is put together here, and signed on the node. */
export const opensslCsr = defineModule({
  name: 'openssl_csr',
  collection: 'community.crypto',
  summary: 'Keeps a request for a certificate in a file.',
  args: { ...objectArgs, ...csrArgs },
  rules: {
    ...csrRules,
    requiredIf: [['state', 'present', ['privatekey_path', 'privatekey_content'], true]],
  },
  exact: true,
  diffs: { always: true, single: true },
  returns: { ...objectReturns, ...csrReturns, csr: 'the request as PEM, with return_content' },
  examples: `
- name: A certificate is asked for
  community.crypto.openssl_csr:
    path: /etc/ssl/web.csr
    privatekey_path: /etc/ssl/private/web.pem
    common_name: www.example.com
    subject_alt_name: [DNS:www.example.com, DNS:example.com]
`,
  queries: (a) => ({
    ...objectQueries(a),
    key: a.state === 'present' ? probeKey(signer(a)) : undefined,
  }),
  more: (a, { file, key }, info) => key && { signed: askSignature(a, key, contentOf(file), a.force, info) },
  plan: (a, seen, info) => {
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    if (!seen.key) return planGone(a, seen, csrResult(a));
    const content = contentOf(seen.file);
    const told = tellCsr(a, { key: seen.key, signed: seen.signed, content }, a.force, info);
    if (told.plan) return told.plan;
    const now = told.pem ?? (content === undefined ? null : Buffer.from(content).toString('utf8'));
    return planObject(a, seen, {
      reason: told.reason,
      content: told.pem === undefined ? undefined : text(told.pem),
      result: { ...told.result, ...(a.return_content && { csr: now }) },
    });
  },
});
