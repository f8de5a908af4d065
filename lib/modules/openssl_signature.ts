import { path, readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import { DerError } from './crypto/der.js';
import { keyFunctions, openedKey, probeKey, readProbe } from './crypto/key-probe.js';
import { backendArg } from './crypto/object-args.js';
import { signer } from './crypto/plan-csr.js';
import { signCommand, signingWith } from './crypto/signatures.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';
import { complaint, printed, without } from './program.js';

/** Signs files with a key of the node, which never leaves it. */
export const opensslSignature = defineModule({
  name: 'openssl_signature',
  collection: 'community.crypto',
  summary: 'Signs a file with a private key; sha256 is the hash where the key has none of its own.',
  tells: true,
  args: {
    path: { type: 'path', required: true, doc: 'The file that is signed.' },
    privatekey_path: { type: 'path', doc: 'The file of the private key.' },
    privatekey_content: { type: 'str', noLog: true, doc: 'The private key itself.' },
    privatekey_passphrase: { type: 'str', noLog: true, doc: 'Opens the private key.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: {
    requiredOneOf: [['privatekey_path', 'privatekey_content']],
    mutuallyExclusive: [['privatekey_path', 'privatekey_content']],
  },
  returns: { signature: 'the signature in base64' },
  examples: `
- name: The release is signed
  community.crypto.openssl_signature:
    path: /srv/release.tar.gz
    privatekey_path: /etc/ssl/private/release.pem
  register: signed
`,
  queries: (a) => ({ file: path(a.path, { follow: true }), key: probeKey(signer(a)) }),
  more: (a, { file, key: probe }) => {
    const key = openedKey(readProbe(probe), signer(a));
    if (!file.exists || typeof key === 'string') return undefined;
    try {
      const command = signCommand(signingWith(key.type, 'sha256'));
      return {
        signed: readScript(`${keyFunctions(signer(a))}
f=${quote(a.path)}; signing() { pem | { exec 4<&0 </dev/null; ${command}; }; }
s=$(secret signing | base64 -w 0); [ -n "$s" ] && printf %s "$s"`),
      };
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return undefined;
    }
  },
  plan: (a, { file, key: probe, signed }, info) => {
    const lacks = without('openssl', 'openssl', probe, info);
    if (lacks) return lacks;
    const now = readProbe(probe);
    if ((!file.exists || !now.exists) && mayComeLater(info)) return ok('an earlier task may make the files');
    if (!file.exists || file.type === 'directory')
      return failed(`The file ${a.path} does not exist`, { name: a.path });
    const key = openedKey(now, signer(a));
    if (typeof key === 'string') return failed(key);
    if (!signed) return failed(`Unsupported key type: a key of type ${key.type} cannot sign`);
    if (signed.rc !== 0) return failed(`openssl cannot sign: ${complaint(signed)}`);
    return ok('the file is signed', { signature: printed(signed) });
  },
});
