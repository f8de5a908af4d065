import { type ReadAnswer, type ReadQuery, readScript } from '../../node/queries/query.js';
import { printText } from '../../node/quote.js';
import { DerError, TAG } from './der.js';
import { bits, oid, sequence, value } from './der-write.js';
import { type KeySource, keyFunctions } from './key-probe.js';

/** Identifiers of signatures by the type of key and the hash (RFC 8017, RFC 5758, RFC 8410); '' where there is none. */
const ALGORITHMS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  RSA: {
    md5: '1.2.840.113549.1.1.4',
    sha1: '1.2.840.113549.1.1.5',
    sha224: '1.2.840.113549.1.1.14',
    sha256: '1.2.840.113549.1.1.11',
    sha384: '1.2.840.113549.1.1.12',
    sha512: '1.2.840.113549.1.1.13',
  },
  ECC: {
    sha1: '1.2.840.10045.4.1',
    sha224: '1.2.840.10045.4.3.1',
    sha256: '1.2.840.10045.4.3.2',
    sha384: '1.2.840.10045.4.3.3',
    sha512: '1.2.840.10045.4.3.4',
  },
  DSA: {
    sha1: '1.2.840.10040.4.3',
    sha224: '2.16.840.1.101.3.4.3.1',
    sha256: '2.16.840.1.101.3.4.3.2',
    sha384: '2.16.840.1.101.3.4.3.3',
    sha512: '2.16.840.1.101.3.4.3.4',
  },
  Ed25519: { '': '1.3.101.112' },
  Ed448: { '': '1.3.101.113' },
};

const HASHES = new Map<string, string>(
  Object.values(ALGORITHMS).flatMap((by) =>
    Object.entries(by).map(([hash, dotted]) => [dotted, hash] as const),
  ),
);

/** The hash of a kind of signature in Node's word, null where it has none; undefined when it is not known. */
export function hashOfSignature(algorithm: string): string | null | undefined {
  const hash = HASHES.get(algorithm);
  return hash === '' ? null : hash;
}

/** A way to sign: the hash, '' where the key has its own, and its AlgorithmIdentifier. */
export type Signing = { readonly hash: string; readonly der: Buffer };

/** How keys of a type sign with a hash; throws a DerError when they cannot. */
export function signingWith(type: string, digest: string): Signing {
  const known = ALGORITHMS[type];
  if (!known) throw new DerError(`A key of type ${type} cannot sign`);
  const hash = '' in known ? '' : digest.toLowerCase();
  const dotted = known[hash];
  if (dotted === undefined)
    throw new DerError(
      `Unsupported digest "${digest}"; keys of type ${type} take ${Object.keys(known).join(', ')}`,
    );
  return { hash, der: sequence(oid(dotted), ...(type === 'RSA' ? [value(TAG.null)] : [])) };
}

/** The command that signs the file $f with the key on descriptor 4; keys that hash by themselves take only files. */
export function signCommand({ hash }: Signing): string {
  return hash === ''
    ? 'openssl pkeyutl -sign -rawin -inkey /dev/fd/4 -keyform $form -passin fd:3 -in "$f"'
    : `openssl dgst -${hash} -sign /dev/fd/4 -keyform $form -passin fd:3 "$f"`;
}

/** The command that checks $d/signature of the file $f by the public key $d/key. */
export function verifyCommand({ hash }: Signing): string {
  return hash === ''
    ? 'openssl pkeyutl -verify -rawin -pubin -inkey "$d/key" -sigfile "$d/signature" -in "$f"'
    : `openssl dgst -${hash} -verify "$d/key" -signature "$d/signature" "$f"`;
}

/** Asks for a signature over bytes by a key of the node. The answer has the bytes as well: who asked need not have kept them. */
export function signQuery(source: KeySource, signing: Signing, body: Uint8Array): ReadQuery {
  const text = Buffer.from(body).toString('base64');
  return readScript(`${keyFunctions(source)}
f=$(mktemp) || exit; trap 'rm -f -- "$f"' EXIT
${printText(text)} | base64 -d >"$f"
signing() { pem | { exec 4<&0 </dev/null; ${signCommand(signing)}; }; }
s=$(secret signing | base64 -w 0); [ -n "$s" ] || exit 1
${printText(text)}; echo; printf '%s\\n' "$s"`);
}

/** The signature that was answered. */
export function signatureIn(answer: Pick<ReadAnswer, 'stdout'>): Buffer {
  return Buffer.from(answer.stdout.toString('latin1').split('\n')[1] ?? '', 'base64');
}

/** The signed object in DER from what was answered: what is signed, how, and the signature. */
export function assembled(answer: Pick<ReadAnswer, 'stdout'>, { der }: Signing): Buffer {
  const [body = ''] = answer.stdout.toString('latin1').split('\n');
  return sequence(Buffer.from(body, 'base64'), der, bits(signatureIn(answer)));
}
