import type { ArgSpec, ArgsOf } from '../args.js';
import { signerArgs } from './csr-args.js';
import { backendArg } from './object-args.js';

const NOT_HERE = 'For the provider entrust, which is not done here.';
const SKI = ['always_create', 'create_if_not_provided', 'never_create'] as const;
const SKI_DOC =
  'Whether the identifier of the key is made from it: always, when the request has none, or never.';

const entrustArgs = {
  entrust_api_client_cert_key_path: { type: 'path', doc: NOT_HERE },
  entrust_api_client_cert_path: { type: 'path', doc: NOT_HERE },
  entrust_api_key: { type: 'str', noLog: true, doc: NOT_HERE },
  entrust_api_specification_path: {
    type: 'path',
    default: 'https://cloud.entrust.net/EntrustCloud/documentation/cms-api-2.1.0.yaml',
    doc: NOT_HERE,
  },
  entrust_api_user: { type: 'str', doc: NOT_HERE },
  entrust_cert_type: {
    type: 'str',
    default: 'STANDARD_SSL',
    choices: [
      ...['STANDARD_SSL', 'ADVANTAGE_SSL', 'UC_SSL', 'EV_SSL', 'WILDCARD_SSL'],
      ...['PRIVATE_SSL', 'PD_SSL', 'CDS_ENT_LITE', 'CDS_ENT_PRO', 'SMIME_ENT'],
    ],
    doc: NOT_HERE,
  },
  entrust_not_after: { type: 'str', default: '+365d', doc: NOT_HERE },
  entrust_requester_email: { type: 'str', doc: NOT_HERE },
  entrust_requester_name: { type: 'str', doc: NOT_HERE },
  entrust_requester_phone: { type: 'str', doc: NOT_HERE },
} as const satisfies ArgSpec;

/** Arguments of the provider acme, which x509_certificate has and its pipe has not. */
export const acmeProviderArgs = {
  acme_accountkey_path: {
    type: 'path',
    doc: 'For the provider acme, which is the module acme_certificate here.',
  },
  acme_challenge_path: {
    type: 'path',
    doc: 'For the provider acme, which is the module acme_certificate here.',
  },
  acme_chain: {
    type: 'bool',
    default: false,
    doc: 'For the provider acme, which is the module acme_certificate here.',
  },
  acme_directory: {
    type: 'str',
    default: 'https://acme-v02.api.letsencrypt.org/directory',
    doc: 'For the provider acme, which is the module acme_certificate here.',
  },
} as const satisfies ArgSpec;

/** The arguments that say what is to be certified, and by whom. */
export const certificateArgs = {
  ...signerArgs,
  csr_path: { type: 'path', doc: 'The request, on the node.' },
  csr_content: { type: 'str', doc: 'The request itself.' },
  ignore_timestamps: {
    type: 'bool',
    default: true,
    doc: 'Other times alone are no reason for another certificate.',
  },
  select_crypto_backend: backendArg('cryptography'),
  selfsigned_version: { type: 'int', default: 3, doc: 'The version; it is 3 in any case.' },
  selfsigned_digest: { type: 'str', default: 'sha256', doc: 'The hash that is signed.' },
  selfsigned_not_before: {
    type: 'str',
    default: '+0s',
    aliases: ['selfsigned_notBefore'],
    doc: 'From when it is valid: from now, as +1w2d3h4m5s, or a time as 20300131120000Z.',
  },
  selfsigned_not_after: {
    type: 'str',
    default: '+3650d',
    aliases: ['selfsigned_notAfter'],
    doc: 'Until when it is valid, in the same words.',
  },
  selfsigned_create_subject_key_identifier: {
    type: 'str',
    default: 'create_if_not_provided',
    choices: SKI,
    doc: SKI_DOC,
  },
  ownca_path: { type: 'path', doc: "The CA's certificate, on the node." },
  ownca_content: { type: 'str', doc: "The CA's certificate itself." },
  ownca_privatekey_path: { type: 'path', doc: "The CA's private key, on the node." },
  ownca_privatekey_content: { type: 'str', noLog: true, doc: "The CA's private key itself." },
  ownca_privatekey_passphrase: { type: 'str', noLog: true, doc: "Opens the CA's private key." },
  ownca_version: { type: 'int', default: 3, doc: 'The version; it is 3 in any case.' },
  ownca_digest: { type: 'str', default: 'sha256', doc: 'The hash that is signed.' },
  ownca_not_before: { type: 'str', default: '+0s', doc: 'From when it is valid, as selfsigned_not_before.' },
  ownca_not_after: { type: 'str', default: '+3650d', doc: 'Until when it is valid, in the same words.' },
  ownca_create_subject_key_identifier: {
    type: 'str',
    default: 'create_if_not_provided',
    choices: SKI,
    doc: SKI_DOC,
  },
  ownca_create_authority_key_identifier: {
    type: 'bool',
    default: true,
    doc: "Say which of the CA's keys has signed.",
  },
  ...entrustArgs,
} as const satisfies ArgSpec;

/** Rules between them. */
export const certificateRules = {
  mutuallyExclusive: [
    ['csr_path', 'csr_content'],
    ['privatekey_path', 'privatekey_content'],
    ['ownca_path', 'ownca_content'],
    ['ownca_privatekey_path', 'ownca_privatekey_content'],
  ],
} as const;

/** The arguments, checked, with those that file and pipe word differently. */
export type CertificateArgs = ArgsOf<typeof certificateArgs> & {
  readonly provider?: string;
  readonly force: boolean;
};
