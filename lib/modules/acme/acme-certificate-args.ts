import type { ArgSpec, ArgsOf } from '../args.js';
import { acmeArgs } from './acme-args.js';
import { criterionArgs } from './chain.js';

/** The arguments of acme_certificate. */
export const acmeCertificateArgs = {
  ...acmeArgs,
  modify_account: { type: 'bool', default: true, doc: 'Make the account, and keep its mail address.' },
  account_email: { type: 'str', doc: 'The mail address of the account.' },
  agreement: { type: 'str', doc: 'Terms of service of ACME v1, which is refused.' },
  terms_agreed: { type: 'bool', default: false, doc: "The server's terms of service are agreed to." },
  challenge: {
    type: 'str',
    default: 'http-01',
    choices: ['dns-01', 'http-01', 'no challenge', 'tls-alpn-01'],
    doc: 'How it is shown that the names are ours; no challenge, where the server wants none.',
  },
  csr: { type: 'path', aliases: ['src'], doc: 'The request, on the node.' },
  csr_content: { type: 'str', doc: 'The request itself.' },
  data: { type: 'dict', doc: 'The result of the first call, for the second one.' },
  dest: { type: 'path', aliases: ['cert'], doc: 'The file of the certificate.' },
  fullchain_dest: {
    type: 'path',
    aliases: ['fullchain'],
    doc: 'The file of the certificate and those above it.',
  },
  chain_dest: { type: 'path', aliases: ['chain'], doc: 'The file of those above it.' },
  remaining_days: {
    type: 'int',
    default: 10,
    doc: 'A certificate that is valid for as many days is not renewed.',
  },
  deactivate_authzs: { type: 'bool', default: false, doc: 'Give up the authorizations afterwards.' },
  force: { type: 'bool', default: false, doc: 'Renew the certificate in any case.' },
  retrieve_all_alternates: { type: 'bool', default: false, doc: 'Tell every chain that the server has.' },
  select_chain: {
    type: 'list',
    elements: 'dict',
    options: criterionArgs,
    doc: 'Which chain is written: the first that meets one of these; else that of the server.',
  },
} as const satisfies ArgSpec;

/** The arguments, checked. */
export type AcmeCertificateArgs = ArgsOf<typeof acmeCertificateArgs>;
