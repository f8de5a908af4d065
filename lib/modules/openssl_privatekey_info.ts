import { readScript } from '../node/queries/query.js';
import { quote } from '../node/quote.js';
import type { JsonObject } from '../values/json.js';
import { keyFunctions, probeKey, readProbe } from './crypto/key-probe.js';
import { backendArg } from './crypto/object-args.js';
import { toPem } from './crypto/pem.js';
import { privateData } from './crypto/private-data.js';
import { fingerprints } from './crypto/public-key.js';
import { defineModule } from './module.js';
import { mayComeLater } from './pending.js';
import { failed, ok } from './plan.js';
import { without } from './program.js';

/** Tells what a private key is. */
export const opensslPrivatekeyInfo = defineModule({
  name: 'openssl_privatekey_info',
  collection: 'community.crypto',
  summary: 'Tells what is in a private key.',
  tells: true,
  args: {
    path: { type: 'path', doc: 'The file.' },
    content: { type: 'str', noLog: true, doc: 'The key itself.' },
    passphrase: { type: 'str', noLog: true, doc: 'Opens the key.' },
    return_private_key_data: {
      type: 'bool',
      default: false,
      doc: 'Also give the secret numbers in the result.',
    },
    check_consistency: { type: 'bool', default: false, doc: 'Let OpenSSL check the numbers of the key.' },
    select_crypto_backend: backendArg('cryptography'),
  },
  rules: { requiredOneOf: [['path', 'content']], mutuallyExclusive: [['path', 'content']] },
  returns: {
    can_load_key: 'whether it could be read',
    can_parse_key: 'whether it could be opened',
    key_is_consistent: 'what the check said; null without one',
    public_key: 'its public half as PEM',
    public_key_fingerprints: 'hashes of the public half, by their names',
    public_data: 'the numbers of the public half',
    private_data: 'the secret numbers, with return_private_key_data',
    type: 'RSA, DSA, ECC, Ed25519, Ed448, X25519 or X448',
  },
  examples: `
- name: The key is looked at
  community.crypto.openssl_privatekey_info:
    path: /etc/ssl/private/web.pem
  register: key
`,
  queries: (a) => ({
    now: probeKey(a),
    checked: a.check_consistency
      ? readScript(`${keyFunctions(a)}\nopened openssl pkey -inform $form -passin fd:3 -check -noout`)
      : undefined,
    numbers: a.return_private_key_data
      ? readScript(`${keyFunctions(a)}\nopened openssl pkey -inform $form -passin fd:3 -text -noout`)
      : undefined,
  }),
  plan: (a, { now, checked, numbers }, info) => {
    const lacks = without('openssl', 'openssl', now, info);
    if (lacks) return lacks;
    const told = readProbe(now);
    const result: JsonObject = {
      can_load_key: told.exists,
      can_parse_key: told.key !== undefined,
      key_is_consistent: null,
    };
    if (!told.exists && mayComeLater(info)) return ok('an earlier task may make the key');
    if (!told.exists) return failed(`there is no file ${quote(a.path ?? '')}`, result);
    if (!told.key)
      return failed(
        `Wrong or empty passphrase provided for private key, or no key: ${told.error ?? ''}`,
        result,
      );
    const { type, data, der } = told.key;
    const all = {
      ...result,
      public_key: toPem('PUBLIC KEY', der),
      public_key_fingerprints: fingerprints(der),
      type,
      public_data: data,
      ...(numbers && { private_data: privateData(type, numbers.stdout.toString('latin1')) }),
      // Keys for agreement alone have nothing to be checked.
      ...(checked && { key_is_consistent: type.startsWith('X') ? null : checked.rc === 0 }),
    };
    if (all.key_is_consistent === false) return failed('Private key is not consistent!', all);
    return ok('the key is told', all);
  },
});
