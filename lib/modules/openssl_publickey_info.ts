import { path } from '../node/queries/query.js';
import { backendArg } from './crypto/object-args.js';
import { contentOf } from './crypto/plan-object.js';
import { publicFacts, publicKeyIn } from './crypto/public-file.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';

/** Tells what a public key is; nothing but its file is needed of the node. */
export const opensslPublickeyInfo = defineModule({
  name: 'openssl_publickey_info',
  collection: 'community.crypto',
  summary: 'Tells what is in a public key.',
  tells: true,
  args: {
    path: { type: 'path', doc: 'The file.' },
    content: { type: 'str', doc: 'The key itself.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: { requiredOneOf: [['path', 'content']], mutuallyExclusive: [['path', 'content']] },
  returns: {
    fingerprints: 'hashes of the key, by their names',
    type: 'RSA, DSA, ECC, Ed25519, Ed448, X25519 or X448',
    public_data: 'the numbers of the key',
  },
  examples: `
- name: The key is looked at
  community.crypto.openssl_publickey_info:
    path: /etc/ssl/web.pub
  register: key
`,
  queries: (a) => ({
    file: a.path === undefined ? undefined : path(a.path, { follow: true, content: true }),
  }),
  plan: (a, { file }, info) => {
    const content = a.content ?? (file && contentOf(file));
    if (content === undefined && mayComeLater(info)) return ok('an earlier task may make the key');
    if (content === undefined) return failed(`cannot read the public key ${a.path}: there is no such file`);
    const key = publicKeyIn(content);
    return key
      ? ok('the key is told', publicFacts(key))
      : failed(`${a.path ?? 'content'} is no public key in PEM`);
  },
});
