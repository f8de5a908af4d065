import { quote } from '../../node/quote.js';
import { type KeySource, keyFunctions } from './key-probe.js';

/** What a PKCS #12 file is to hold (RFC 7292), and what opens it; paths are of the node. */
export type Pkcs12Wish = {
  readonly key?: KeySource;
  readonly certificate?: string;
  readonly others: readonly string[];
  /** Every certificate of those files, and not only the first of each. */
  readonly all: boolean;
  readonly name?: string;
  readonly passphrase?: string;
  /** For readers that know neither AES nor SHA-256. */
  readonly older: boolean;
  readonly rounds?: number;
};

/** What there is, of what is wished and of what a file holds: the key's digest, certificates as PEM, the name. */
export type Held = {
  readonly key: string;
  readonly own: readonly string[];
  readonly certificates: readonly string[];
  readonly name: string;
};

const PEM = "sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p'";
const FIRST =
  "sed -n '/-----BEGIN CERTIFICATE-----/,/-----END CERTIFICATE-----/p;/-----END CERTIFICATE-----/q'";

/** Sh functions: `locked` gives a command the passphrase as descriptor 3, `held` prints parts of the file `$f`. */
function fileFunctions(passphrase = ''): string {
  const secret = quote(passphrase);
  return `locked() { exec 4<&0; printf '%s\\n' ${secret} ${secret} | { exec 3<&0 <&4 4<&-; "$@"; }; }
held() { locked openssl pkcs12 -in "$f" -nodes -passin fd:3 "$@" 2>/dev/null || locked openssl pkcs12 -legacy -in "$f" -nodes -passin fd:3 "$@"; }
digest() { openssl pkey -outform DER 2>/dev/null | sha256sum; }
certs() { ${PEM}; }`;
}

function certificateScript({ certificate, others, all }: Pkcs12Wish): string {
  const cat = (file: string, filter: string) => `${filter} ${quote(file)} || exit 5`;
  return [
    ...(certificate === undefined ? [] : [cat(certificate, FIRST)]),
    ...others.map((file) => cat(file, all ? PEM : FIRST)),
  ].join('\n');
}

const openedKey = 'opened openssl pkey -inform $form -passin fd:3';

/**
 * Sh source that prints what is wished and what the file holds, in sections; it ends with 4 when the key cannot be opened and
 * 5 when a certificate is missing.
 */
export function exportLook(wish: Pkcs12Wish, file: string): string {
  return `command -v openssl >/dev/null || exit 127
f=${quote(file)}
${fileFunctions(wish.passphrase)}
${wish.key ? `${keyFunctions(wish.key)}\nk=$(${openedKey}) || exit 4\nprintf '%s\\n' "$k" | digest` : ''}
echo ==
${certificateScript(wish)}
[ -f "$f" ] || exit 0
echo ==
k=$(held -nocerts 2>/dev/null) && case $k in *PRIVATE*) printf '%s\\n' "$k" | digest ;; esac
echo ==
held -clcerts -nokeys 2>/dev/null | certs
echo ==
held -cacerts -nokeys 2>/dev/null | certs
echo ==
held 2>/dev/null | sed -n 's/^ *friendlyName: //p' | head -n 1`;
}

function pems(text = ''): string[] {
  return text
    .split('-----END CERTIFICATE-----')
    .map((pem) => pem.replace(/\s/g, ''))
    .filter(Boolean);
}

/** Reads the sections; `now` is absent where there is no file. */
export function readExportLook(printed: string): { readonly wished: Held; readonly now?: Held } {
  const [key = '', certificates, ...rest] = printed.split(/^==\n/m);
  const wished = {
    key: key.trim(),
    own: pems(certificates).slice(0, 1),
    certificates: pems(certificates),
    name: '',
  };
  if (rest.length === 0) return { wished };
  const [own, others] = [pems(rest[1]), pems(rest[2])];
  return {
    wished,
    now: { key: rest[0]!.trim(), own, certificates: [...own, ...others], name: (rest[3] ?? '').trim() },
  };
}

function encryption({ passphrase, older, rounds }: Pkcs12Wish): string {
  if (!passphrase) return '-keypbe NONE -certpbe NONE -nomac';
  const iterations = rounds === undefined ? '' : `-iter ${rounds}`;
  return older ? `-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1 ${iterations}` : iterations;
}

/** Sh source that prints the file. */
export function exportScript(wish: Pkcs12Wish): string {
  const name = wish.name === undefined ? '' : `-name ${quote(wish.name)}`;
  const key = wish.key ? openedKey : ':';
  return `${fileFunctions(wish.passphrase)}
${wish.key ? keyFunctions(wish.key) : ''}
parts() { ${key}
${certificateScript(wish)}
}
parts | locked openssl pkcs12 -export ${wish.key ? '' : '-nokeys'} ${name} ${encryption(wish)} -passout fd:3`;
}

/** Sh source that prints what a file holds as PEM: key, its certificate, other certificates. It fails when it cannot be opened. */
export function parseScript(file: string, passphrase: string | undefined): string {
  return `f=${quote(file)}
${fileFunctions(passphrase)}
k=$(held -nocerts) || exit
case $k in *PRIVATE*) printf '%s\\n' "$k" | openssl pkey -traditional ;; esac
held -clcerts -nokeys | certs
held -cacerts -nokeys | certs`;
}

/** Sh source that tells whether a file is what another one holds: ends with 0 for yes, 1 for no, else it cannot be opened. */
export function parseLook(source: string, file: string, passphrase: string | undefined): string {
  return `command -v openssl >/dev/null || exit 127
p=$(${parseScript(source, passphrase)}) || exit 4
printf '%s\\n' "$p" | cmp -s - ${quote(file)}`;
}
