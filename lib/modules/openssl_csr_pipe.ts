import { csrArgs, csrReturns, csrRules } from './crypto/csr-args.js';
import { probeKey } from './crypto/key-probe.js';
import { askSignature, signer, tellCsr } from './crypto/plan-csr.js';
import { defineModule } from './module.js';
import { change, ok } from './plan.js';

/** Makes requests for certificates that are kept elsewhere. */
export const opensslCsrPipe = defineModule({
  name: 'openssl_csr_pipe',
  collection: 'community.crypto',
  summary: 'Makes a request for a certificate without a file.',
  args: { ...csrArgs, content: { type: 'str', doc: 'The request there is.' } },
  rules: { ...csrRules, requiredOneOf: [['privatekey_path', 'privatekey_content']] },
  exact: true,
  diffs: { always: true, single: true },
  returns: { ...csrReturns, csr: 'the request as PEM' },
  examples: `
- name: A certificate is asked for
  community.crypto.openssl_csr_pipe:
    privatekey_path: /etc/ssl/private/web.pem
    common_name: www.example.com
  register: request
`,
  queries: (a) => ({ key: probeKey(signer(a)) }),
  more: (a, { key }, info) => ({ signed: askSignature(a, key, a.content, false, info) }),
  plan: (a, { key, signed }, info) => {
    const told = tellCsr(a, { key, signed, content: a.content }, false, info);
    if (told.plan) return told.plan;
    const result = { ...told.result, csr: told.pem ?? a.content ?? null };
    return told.reason === undefined
      ? ok('the request is as wished', result)
      : change(told.reason, [], { result });
  },
});
