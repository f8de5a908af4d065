import { type ReadAnswer, type ReadQuery, readScript } from '../../node/queries/query.js';
import { printText, quote } from '../../node/quote.js';
import { DerError } from './der.js';
import { pemBytes } from './pem.js';
import { type PublicKey, readPublicKey } from './public-key.js';

/** Where a private key is: in a file of the node, or in an argument. The passphrase opens it. */
export type KeySource = { readonly path?: string; readonly content?: string; readonly passphrase?: string };

/** How a key file is written: pkcs1 stands for each of OpenSSL's older forms. */
export type KeyFormat = 'pkcs1' | 'pkcs8' | 'raw' | 'unknown-pem';

/** What is told of a private key; its public half when it could be opened. */
export type Probed = {
  readonly exists: boolean;
  readonly format?: KeyFormat;
  readonly encrypted: boolean;
  readonly key?: PublicKey;
  /** What OpenSSL said when it could not. */
  readonly error?: string;
};

const MISSING = 3;
/** What follows the first lines of the key. */
const MARK = 'public half:';

// What stands before the bytes of a key of RFC 8410 in PKCS #8, by how many they are and what kind is wished.
const RAW: Readonly<Record<string, readonly [bytes: number, head: string]>> = {
  X25519: [32, '302e020100300506032b656e04220420'],
  Ed25519: [32, '302e020100300506032b657004220420'],
  X448: [56, '3046020100300506032b656f043a0438'],
  Ed448: [57, '3047020100300506032b6571043b0439'],
};

function octal(hex: string): string {
  return hex.replace(/../g, (pair) => `\\${Number.parseInt(pair, 16).toString(8).padStart(3, '0')}`);
}

/**
 * Sh functions: `key` prints the key, `secret` gives a command the passphrase in two lines of descriptor 3 (for -passin
 * and -passout), `opened` the key as well. `form` is how it is written; `rawType` tells what 32 bytes without a form are.
 */
export function keyFunctions(source: KeySource, rawType = 'X25519'): string {
  const text =
    source.content === undefined ? `cat -- ${quote(source.path ?? '')}` : printText(source.content);
  const kinds = [rawType === 'Ed25519' ? 'Ed25519' : 'X25519', 'X448', 'Ed448'];
  const cases = kinds.map((kind) => `${RAW[kind]![0]}) printf '${octal(RAW[kind]![1])}' ;;`).join(' ');
  const passphrase =
    source.passphrase === undefined
      ? 'echo'
      : `printf '%s\\n' ${quote(source.passphrase)} ${quote(source.passphrase)}`;
  return `key() { ${text}; }
if key | head -c 11 | grep -q '^-----BEGIN ' 2>/dev/null; then form=PEM; pem() { key; }
else form=DER; size=$(key | wc -c); pem() { case $size in ${cases} esac; key; }; fi
secret() { ${passphrase} | { exec 3<&0 </dev/null; "$@"; }; }
piped() { pem | "$@"; }
opened() { secret piped "$@"; }`;
}

/** Sh source that prints the public half of a key, and how it is written. */
export function probeScript(source: KeySource, rawType?: string): string {
  const there = source.path === undefined ? '' : `[ -f ${quote(source.path)} ] || exit ${MISSING}`;
  return `${there}
command -v openssl >/dev/null || exit 127
${keyFunctions(source, rawType)}
[ $form = DER ] || key | sed -n -e 1p -e '2{/^Proc-Type:/p;}' -e 2q | cut -c -80
echo '${MARK}'
opened openssl pkey -inform $form -passin fd:3 -pubout`;
}

/** The same as a query. */
export function probeKey(source: KeySource, rawType?: string): ReadQuery {
  return readScript(probeScript(source, rawType));
}

function formatOf(head: string): KeyFormat {
  const [first = ''] = head.split('\n');
  if (!first.startsWith('-----BEGIN ')) return 'raw';
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE KEY-----/.test(first)) return 'pkcs8';
  return / PRIVATE KEY-----/.test(first) ? 'pkcs1' : 'unknown-pem';
}

/** What is told by the answer. */
export function readProbe(answer: Pick<ReadAnswer, 'rc' | 'stdout' | 'stderr'>): Probed {
  if (answer.rc === MISSING) return { exists: false, encrypted: false };
  const [head = '', told = ''] = answer.stdout.toString('latin1').split(new RegExp(`^${MARK}\n`, 'm'));
  const format = formatOf(head);
  const encrypted = /^-----BEGIN ENCRYPTED|ENCRYPTED$/m.test(head);
  const said = answer.stderr.toString('utf8').trim().split('\n');
  const base = { exists: true, format, encrypted };
  const der = pemBytes(told, 'PUBLIC KEY');
  if (!der) return { ...base, error: said.at(-1) };
  try {
    return { ...base, key: readPublicKey(der) };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { ...base, error: error.message };
  }
}

/** The public half of a key that must be opened by just its passphrase; else why it cannot be. */
export function openedKey(now: Probed, source: KeySource, what = 'private key'): PublicKey | string {
  if (!now.exists) return `The ${what} file ${source.path ?? ''} does not exist`;
  const opens = now.format === 'raw' || now.encrypted === (source.passphrase !== undefined);
  if (now.key && opens) return now.key;
  if (!now.encrypted && source.passphrase === undefined && !now.key)
    return `Cannot read the ${what}: ${now.error ?? 'it is no key'}`;
  return `Wrong or empty passphrase provided for ${what}`;
}
