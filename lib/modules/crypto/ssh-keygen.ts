import { type ReadAnswer, type ReadQuery, readScript } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';
import { parseSshKey, type SshKey } from './ssh-key.js';

/** How a private key is written. */
export type SshFormat = 'ssh' | 'pkcs1' | 'pkcs8' | '';

/** What is told of a private key; its public half when it could be opened. */
export type SshProbed = {
  readonly exists: boolean;
  readonly format: SshFormat;
  readonly encrypted: boolean;
  readonly key?: SshKey;
};

const MISSING = 3;
const MARK = 'public half:';
/** How a key in OpenSSH's form begins when no passphrase is needed (its cipher's name is none). */
const OPEN = 'b3BlbnNzaC1rZXktdjEAAAAABG5vbmU';

/**
 * Sh source of a function `keygen`: ssh-keygen that finds the passphrase, twice, in descriptor 3 of a program it asks.
 * `$d` is a folder of our own that goes away at the end. `half` prints the public half of a private key.
 */
export function keygenFunction(passphrase: string | undefined, folder = '${TMPDIR:-/tmp}'): string {
  const secret = passphrase === undefined ? ':' : `printf '%s\\n' ${quote(passphrase)} ${quote(passphrase)}`;
  // Through a pipe a key may be read whose mode ssh-keygen would refuse; a closed one is read twice, and must be a file.
  const half =
    passphrase === undefined
      ? 'half() { cat -- "$1" | { exec 4<&0; keygen -y -f /dev/fd/4; }; }'
      : 'half() { keygen -y -f "$1"; }';
  return `umask 077; d=$(mktemp -d ${folder}/.ffe-XXXXXXXXXX) || exit; trap 'rm -rf -- "$d"' EXIT
printf '#!/bin/sh\\nread -r l <&3 && printf "%%s\\\\n" "$l"\\n' >"$d/ask"; chmod 700 "$d/ask"
keygen() { ${secret} | { exec 3<&0 </dev/null; DISPLAY=: SSH_ASKPASS=$d/ask SSH_ASKPASS_REQUIRE=force ssh-keygen "$@"; }; }
${half}`;
}

/** Sh source that prints how a private key is written, and its public half. */
export function sshProbeScript(path: string, passphrase: string | undefined): string {
  const p = quote(path);
  return `[ -f ${p} ] || exit ${MISSING}
command -v ssh-keygen >/dev/null || exit 127
sed -n -e 1p -e 2p -e 2q ${p} | cut -c -${OPEN.length}
echo '${MARK}'
${keygenFunction(passphrase)}
half ${p}`;
}

/** The same as a query; a key that is not there also tells whether ssh-keygen is. */
export function probeSshKey(path: string, passphrase: string | undefined): ReadQuery {
  return readScript(`command -v ssh-keygen >/dev/null || exit 127\n${sshProbeScript(path, passphrase)}`);
}

function formatOf(header: string): SshFormat {
  if (header.startsWith('-----BEGIN OPENSSH')) return 'ssh';
  if (/^-----BEGIN (ENCRYPTED )?PRIVATE/.test(header)) return 'pkcs8';
  return /^-----BEGIN (RSA|EC|DSA) PRIVATE/.test(header) ? 'pkcs1' : '';
}

/** What is told by the answer. */
export function readSshProbe(answer: Pick<ReadAnswer, 'rc' | 'stdout'>): SshProbed {
  if (answer.rc === MISSING) return { exists: false, format: '', encrypted: false };
  const [head = '', line = ''] = answer.stdout.toString('utf8').split(`${MARK}\n`);
  const [header = '', second = ''] = head.split('\n');
  const format = formatOf(header);
  const coded = header.includes('ENCRYPTED') || second.startsWith('Proc-Type');
  return {
    exists: true,
    format,
    encrypted: coded || (format === 'ssh' && second !== OPEN),
    key: parseSshKey(line),
  };
}

/** What is wished of a pair of keys. */
export type SshWish = {
  readonly path: string;
  readonly type: string;
  readonly size: number;
  readonly format: string;
  readonly comment?: string;
  readonly passphrase?: string;
};

const FORMATS: Readonly<Record<string, string>> = { pkcs1: 'PEM', pkcs8: 'PKCS8', ssh: 'RFC4716' };

/** Sh source that makes a pair beside the place it is for, and prints the private half. */
export function makeSshKey({ path, type, size, format, comment, passphrase }: SshWish): string {
  const form = FORMATS[format];
  const words = [
    ...['-q', '-t', type, ...(type === 'ed25519' ? [] : ['-b', String(size)])],
    // Its own comment would be the user and the name of the host.
    ...['-C', comment ?? ''],
    ...(form === undefined ? [] : ['-m', form]),
    ...(passphrase === undefined ? ['-N', ''] : []),
  ];
  const folder = quote(path.replace(/[^/]*$/, '') || '.');
  return `${keygenFunction(passphrase, folder.replace(/\/('?)$/, '$1'))}
keygen ${quoteAll(words)} -f "$d/key" >&2 && cat -- "$d/key"`;
}

/** Sh source that prints the line of the public half of a private key, with a comment in the place of its own. */
export function sshPublicLine({ path, comment, passphrase }: SshWish): string {
  const words = comment === undefined ? '"${k#"$1 $2"}"' : quote(comment === '' ? '' : ` ${comment}`);
  return `${keygenFunction(passphrase)}
k=$(half ${quote(path)}) || exit; set -f; set -- $k; printf '%s %s%s\\n' "$1" "$2" ${words}`;
}
