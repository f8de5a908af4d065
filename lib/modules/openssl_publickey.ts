import { text } from '../node/content.js';
import { DerError } from './crypto/der.js';
import { openedKey, probeKey, readProbe } from './crypto/key-probe.js';
import { backendArg, objectArgs, objectReturns } from './crypto/object-args.js';
import { signer } from './crypto/plan-csr.js';
import { contentOf, objectQueries, planGone, planObject, withoutFolder } from './crypto/plan-object.js';
import { holds, type PublicFormat, publicDiff, publicFile } from './crypto/public-file.js';
import { fingerprints, type PublicKey } from './crypto/public-key.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { change, failed } from './plan.js';
import { without } from './program.js';

type Wish = { readonly force: boolean; readonly format: PublicFormat };

/** Why the file must be written; undefined when it is right. */
function reason(a: Wish, content: Uint8Array | undefined, key: PublicKey): string | undefined {
  if (a.force) return 'a new file is asked for';
  if (content === undefined) return 'there is no public key';
  return holds(content, key, a.format) ? undefined : 'another key, or another form';
}

function shown(content: Uint8Array | undefined): string | null {
  return content === undefined ? null : Buffer.from(content).toString('utf8');
}

/** Keeps the public halves of private keys. */
export const opensslPublickey = defineModule({
  name: 'openssl_publickey',
  collection: 'community.crypto',
  summary: 'Keeps the public half of a private key in a file.',
  args: {
    ...objectArgs,
    format: { type: 'str', default: 'PEM', choices: ['OpenSSH', 'PEM'], doc: 'How it is written.' },
    privatekey_path: { type: 'path', doc: 'The file of the private key.' },
    privatekey_content: { type: 'str', noLog: true, doc: 'The private key itself.' },
    privatekey_passphrase: { type: 'str', noLog: true, doc: 'Opens the private key.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: {
    mutuallyExclusive: [['privatekey_path', 'privatekey_content']],
    requiredIf: [['state', 'present', ['privatekey_path', 'privatekey_content'], true]],
  },
  diffs: { always: true, single: true },
  returns: {
    ...objectReturns,
    privatekey: 'the file of the private key; null for one that was given',
    format: 'how it is written',
    fingerprint: 'hashes of the key, by their names',
    publickey: 'the public key, with return_content',
  },
  examples: `
- name: Others can check what the key signs
  community.crypto.openssl_publickey:
    path: /etc/ssl/web.pub
    privatekey_path: /etc/ssl/private/web.pem
`,
  queries: (a) => ({
    ...objectQueries(a),
    key: a.state === 'present' ? probeKey(signer(a)) : undefined,
  }),
  plan: (a, seen, info) => {
    const refused = withoutFolder(a, seen, info);
    if (refused) return refused;
    const content = contentOf(seen.file);
    const fields = { privatekey: a.privatekey_path ?? null, format: a.format };
    const before = publicDiff(content);
    const now = (key: string | null) => a.return_content && { publickey: key };
    if (!seen.key)
      return planGone(a, seen, { ...fields, ...now(null), fingerprint: {}, diff: { before: {}, after: {} } });
    const lacks = without('openssl', 'openssl', seen.key, info);
    if (lacks) return lacks;
    const probe = readProbe(seen.key);
    if (!probe.exists && mayComeLater(info)) return change('an earlier task may make the key', []);
    const key = openedKey(probe, signer(a));
    if (typeof key === 'string') return failed(key);
    try {
      const why = reason(a, content, key);
      const made = why === undefined ? undefined : publicFile(key, a.format);
      const diff = { before, after: publicDiff(made ?? content) };
      const result = { ...fields, fingerprint: fingerprints(key.der), ...now(made ?? shown(content)), diff };
      return planObject(a, seen, { reason: why, content: text(made ?? ''), result });
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      return failed(error.message);
    }
  },
});
