import type { ArgSpec, ArgsOf } from '../args.js';
import { backendArg } from '../crypto/object-args.js';

/** Arguments of every module that talks to an ACME server. */
export const acmeArgs = {
  account_key_src: { type: 'path', aliases: ['account_key'], doc: "The account's private key, on the node." },
  account_key_content: { type: 'str', noLog: true, doc: "The account's private key itself." },
  account_key_passphrase: { type: 'str', noLog: true, doc: "Opens the account's private key." },
  account_uri: { type: 'str', doc: 'The account, where it is known.' },
  acme_directory: { type: 'str', required: true, doc: 'Where the server tells its places.' },
  acme_version: {
    type: 'int',
    required: true,
    choices: [1, 2],
    doc: 'The protocol: 2, that of RFC 8555; 1 is refused.',
  },
  request_timeout: { type: 'int', default: 10, doc: 'Seconds without any sign of the server.' },
  validate_certs: { type: 'bool', default: true, doc: 'Verify the certificate of the server.' },
  select_crypto_backend: backendArg('cryptography', 'openssl'),
} as const satisfies ArgSpec;

/** The arguments, checked. */
export type AcmeArgs = ArgsOf<typeof acmeArgs>;

/** Rules between them. */
export const acmeKeyRules = {
  requiredOneOf: [['account_key_src', 'account_key_content']],
  mutuallyExclusive: [['account_key_src', 'account_key_content']],
} as const;
