import type { ArgSpec, ArgsOf } from '../args.js';
import { backendArg } from './object-args.js';

/** Bits of reasons for which certificates are revoked (RFC 5280, 4.2.1.13), by Ansible's words. */
export const REASONS = {
  key_compromise: 1,
  ca_compromise: 2,
  affiliation_changed: 3,
  superseded: 4,
  cessation_of_operation: 5,
  certificate_hold: 6,
  privilege_withdrawn: 7,
  aa_compromise: 8,
} as const;

const pointArgs = {
  full_name: {
    type: 'list',
    elements: 'str',
    doc: 'Names of the list, such as URI:https://example.com/crl.',
  },
  relative_name: {
    type: 'list',
    elements: 'str',
    doc: "Parts of a name below the issuer's, such as CN=list.",
  },
  crl_issuer: { type: 'list', elements: 'str', doc: 'Who signs the list, where it is not the issuer.' },
  reasons: { type: 'list', elements: 'str', choices: Object.keys(REASONS), doc: 'The reasons it is about.' },
} as const satisfies ArgSpec;

/** Where the key is that signs. */
export const signerArgs = {
  privatekey_path: { type: 'path', doc: 'The private key, on the node.' },
  privatekey_content: { type: 'str', noLog: true, doc: 'The private key itself.' },
  privatekey_passphrase: { type: 'str', noLog: true, doc: 'Opens the private key.' },
} as const satisfies ArgSpec;

/** The arguments that say what is asked for in a request. */
export const csrArgs = {
  ...signerArgs,
  digest: { type: 'str', default: 'sha256', doc: 'The hash that is signed.' },
  version: { type: 'int', default: 1, choices: [1], doc: 'The version of the request; there is only one.' },
  subject: {
    type: 'dict',
    doc: 'Parts of the name: a text or a list of texts by their words, such as O or postalCode.',
  },
  subject_ordered: {
    type: 'list',
    elements: 'dict',
    doc: 'Parts of the name, in just this order: dicts with one word each.',
  },
  country_name: { type: 'str', aliases: ['C', 'countryName'], doc: 'Country, in two letters.' },
  state_or_province_name: { type: 'str', aliases: ['ST', 'stateOrProvinceName'], doc: 'State or province.' },
  locality_name: { type: 'str', aliases: ['L', 'localityName'], doc: 'Place.' },
  organization_name: { type: 'str', aliases: ['O', 'organizationName'], doc: 'Organisation.' },
  organizational_unit_name: { type: 'str', aliases: ['OU', 'organizationalUnitName'], doc: 'Part of it.' },
  common_name: { type: 'str', aliases: ['CN', 'commonName'], doc: 'Name of the host or person.' },
  email_address: { type: 'str', aliases: ['E', 'emailAddress'], doc: 'Mail address.' },
  subject_alt_name: {
    type: 'list',
    elements: 'str',
    aliases: ['subjectAltName'],
    doc: 'Names of the owner: DNS:, IP:, email:, URI:, RID:, dirName: or otherName: and the name.',
  },
  subject_alt_name_critical: {
    type: 'bool',
    default: false,
    aliases: ['subjectAltName_critical'],
    doc: 'Who does not know of such names must refuse the certificate.',
  },
  use_common_name_for_san: {
    type: 'bool',
    default: true,
    aliases: ['useCommonNameForSAN'],
    doc: 'Without subject_alt_name the common name is the one DNS name.',
  },
  key_usage: {
    type: 'list',
    elements: 'str',
    aliases: ['keyUsage'],
    doc: 'What the key is for, as digitalSignature.',
  },
  key_usage_critical: {
    type: 'bool',
    default: false,
    aliases: ['keyUsage_critical'],
    doc: 'Must be understood.',
  },
  extended_key_usage: {
    type: 'list',
    elements: 'str',
    aliases: ['extKeyUsage', 'extendedKeyUsage'],
    doc: 'Who may use it so, as serverAuth, or an object identifier.',
  },
  extended_key_usage_critical: {
    type: 'bool',
    default: false,
    aliases: ['extKeyUsage_critical', 'extendedKeyUsage_critical'],
    doc: 'Must be understood.',
  },
  basic_constraints: {
    type: 'list',
    elements: 'str',
    aliases: ['basicConstraints'],
    doc: 'Whether it is a CA, and how many may be below it: CA:TRUE, pathlen:0.',
  },
  basic_constraints_critical: {
    type: 'bool',
    default: false,
    aliases: ['basicConstraints_critical'],
    doc: 'Must be understood.',
  },
  ocsp_must_staple: {
    type: 'bool',
    default: false,
    aliases: ['ocspMustStaple'],
    doc: 'Servers must show with it that it is not revoked.',
  },
  ocsp_must_staple_critical: {
    type: 'bool',
    default: false,
    aliases: ['ocspMustStaple_critical'],
    doc: 'Must be understood.',
  },
  name_constraints_permitted: { type: 'list', elements: 'str', doc: 'Names that a CA may sign for.' },
  name_constraints_excluded: { type: 'list', elements: 'str', doc: 'Names that a CA may not sign for.' },
  name_constraints_critical: { type: 'bool', default: false, doc: 'Must be understood.' },
  create_subject_key_identifier: {
    type: 'bool',
    default: false,
    doc: 'Make the identifier of the key from the key.',
  },
  subject_key_identifier: { type: 'str', doc: 'The identifier of the key, in hexadecimal digits.' },
  authority_key_identifier: { type: 'str', doc: "The identifier of the CA's key, in hexadecimal digits." },
  authority_cert_issuer: { type: 'list', elements: 'str', doc: "Names of who issued the CA's certificate." },
  authority_cert_serial_number: { type: 'int', doc: "The number of the CA's certificate." },
  crl_distribution_points: {
    type: 'list',
    elements: 'dict',
    options: pointArgs,
    rules: {
      mutuallyExclusive: [['full_name', 'relative_name']],
      requiredOneOf: [['full_name', 'relative_name', 'crl_issuer']],
    },
    doc: 'Where lists of revoked certificates are.',
  },
  select_crypto_backend: backendArg('cryptography'),
} as const satisfies ArgSpec;

/** Rules between them. */
export const csrRules = {
  requiredTogether: [['authority_cert_issuer', 'authority_cert_serial_number']],
  mutuallyExclusive: [
    ['privatekey_path', 'privatekey_content'],
    ['subject', 'subject_ordered'],
  ],
} as const;

/** The arguments, checked. */
export type CsrArgs = ArgsOf<typeof csrArgs>;
/** One place of lists of revoked certificates. */
export type PointArgs = ArgsOf<typeof pointArgs>;

/** Fields of results about a request. */
export const csrReturns = {
  privatekey: 'the private key',
  subject: 'the parts of the name, as pairs',
  subjectAltName: 'the names of the owner',
  keyUsage: 'what the key is for',
  extendedKeyUsage: 'who may use it so',
  basicConstraints: 'whether it is a CA',
  ocsp_must_staple: 'never set; ocspMustStaple has it, as with Ansible',
  ocspMustStaple: 'whether servers must show that it is not revoked',
  name_constraints_permitted: 'names that a CA may sign for',
  name_constraints_excluded: 'names that a CA may not sign for',
} as const;
