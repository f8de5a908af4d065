/** Fields of results about what requests and certificates have in common. */
export const sharedReturns = {
  subject: 'the parts of the name by their words; of several of a kind the last',
  subject_ordered: 'the parts of the name as pairs',
  key_usage: 'what the key is for; null when that is not said',
  key_usage_critical: 'whether that must be understood',
  extended_key_usage: 'who may use it so; null when that is not said',
  extended_key_usage_critical: 'whether that must be understood',
  basic_constraints: 'whether it is a CA, and how many may be below it; null when that is not said',
  basic_constraints_critical: 'whether that must be understood',
  ocsp_must_staple: 'whether servers must show that it is not revoked; null when that is not said',
  ocsp_must_staple_critical: 'whether that must be understood',
  subject_alt_name: 'the names of the owner; null when there are none',
  subject_alt_name_critical: 'whether they must be understood',
  public_key: 'the public key as PEM',
  public_key_type: 'RSA, DSA, ECC, Ed25519, Ed448, X25519 or X448',
  public_key_data: 'the numbers of the public key',
  public_key_fingerprints: 'hashes of the public key, by their names',
  subject_key_identifier: 'the identifier of the key; null without one',
  authority_key_identifier: "the identifier of the CA's key; null without one",
  authority_cert_issuer: "names of who issued the CA's certificate; null without them",
  authority_cert_serial_number: "the number of the CA's certificate; null without one",
  extensions_by_oid: 'every extension by its identifier, its value in base64',
} as const;

/** The argument about names with letters beyond ASCII. */
export const nameEncodingArg = {
  type: 'str',
  default: 'ignore',
  choices: ['ignore', 'idna', 'unicode'],
  doc: 'How names with letters beyond ASCII are told: as they are written (ignore), in ASCII (idna), or in those letters.',
} as const;
