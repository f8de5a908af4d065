import { path, readScript } from '../node/queries/query.js';
import { printText, quote } from '../node/quote.js';
import { certificateIn } from './crypto/certificate-facts.js';
import { DerError } from './crypto/der.js';
import { backendArg } from './crypto/object-args.js';
import { toPem } from './crypto/pem.js';
import { contentOf } from './crypto/plan-object.js';
import { signingWith, verifyCommand } from './crypto/signatures.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

/** Checks signatures of files, as large as they may be, by OpenSSL of the node. */
export const opensslSignatureInfo = defineModule({
  name: 'openssl_signature_info',
  collection: 'community.crypto',
  summary: 'Tells whether a signature of a file is that of the key in a certificate.',
  tells: true,
  args: {
    path: { type: 'path', required: true, doc: 'The file that was signed.' },
    signature: { type: 'str', required: true, doc: 'The signature in base64.' },
    certificate_path: { type: 'path', doc: 'The file of the certificate.' },
    certificate_content: { type: 'str', doc: 'The certificate itself.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: {
    requiredOneOf: [['certificate_path', 'certificate_content']],
    mutuallyExclusive: [['certificate_path', 'certificate_content']],
  },
  returns: { valid: 'whether it is' },
  examples: `
- name: The release is whole
  community.crypto.openssl_signature_info:
    path: /srv/release.tar.gz
    signature: "{{ signed.signature }}"
    certificate_path: /etc/ssl/release.crt
  register: checked
  failed_when: not checked.valid
`,
  queries: (a) => ({
    file: path(a.path, { follow: true }),
    certificate:
      a.certificate_path === undefined
        ? undefined
        : path(a.certificate_path, { follow: true, content: true }),
  }),
  more: (a, { file, certificate }) => {
    const key = certificateIn(a.certificate_content ?? (certificate && contentOf(certificate)))?.key;
    if (!key || !file.exists) return undefined;
    try {
      const command = verifyCommand(signingWith(key.type, 'sha256'));
      return {
        checked: readScript(`command -v openssl >/dev/null || exit 127
d=$(mktemp -d) || exit; trap 'rm -rf -- "$d"' EXIT
${printText(a.signature)} | base64 -di >"$d/signature"; ${printText(toPem('PUBLIC KEY', key.der))} >"$d/key"
f=${quote(a.path)}; ${command}`),
      };
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return undefined;
    }
  },
  plan: (a, { file, certificate, checked }, info) => {
    const content = a.certificate_content ?? (certificate && contentOf(certificate));
    if ((!file.exists || content === undefined) && mayComeLater(info))
      return ok('an earlier task may make the files');
    if (!file.exists || file.type === 'directory')
      return failed(`The file ${a.path} does not exist`, { name: a.path });
    if (content === undefined) return failed(`The certificate file ${a.certificate_path} does not exist`);
    const found = certificateIn(content);
    if (!found) return failed(`${a.certificate_path ?? 'certificate_content'} is no certificate`);
    if (!checked) return failed(`Unsupported key type: a key of type ${found.key.type} cannot sign`);
    const lacks = without('openssl', 'openssl', checked, info);
    if (lacks) return lacks;
    const said = `${printed(checked)} ${complaint(checked)}`;
    if (/Verified OK|Verified Successfully/.test(said)) return ok('it is its signature', { valid: true });
    // What is no signature at all is one that is not valid.
    if (checked.rc === 1 && !/open|permission/i.test(said))
      return ok('it is not its signature', { valid: false });
    return failed(`openssl cannot check the signature: ${complaint(checked)}`);
  },
});
