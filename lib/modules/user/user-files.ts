import type { RunAction } from '../../node/actions/action.js';
import { readScript } from '../../node/queries/query.js';
import { quote } from '../../node/quote.js';
import type { UserWish } from './user-state.js';

/** A home directory as a word of sh: as given, or the shell's own look into passwd, which costs no program. */
function homeWord(wish: UserWish): string {
  if (wish.home !== undefined) return quote(wish.home);
  // Only a plain name is expanded after a tilde; for another one passwd has to be asked.
  if (/^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(wish.name)) return `~${wish.name}`;
  return `"$(getent passwd ${quote(wish.name)} | cut -d: -f6)"`;
}

/** Asks whether the home directory exists: rc 0 or 1. */
export function homeExists(wish: UserWish) {
  return readScript(`h=${homeWord(wish)}; [ -e "$h" ]`);
}

/** Makes a missing home for a user that exists: the skeleton's files, the mode of login.defs, the user's own. */
export function makeHome(wish: UserWish): RunAction {
  const skeleton = quote(wish.skeleton ?? '/etc/skel');
  const script = `h=${homeWord(wish)}
mkdir -p "\${h%/*}" || exit
if [ -d ${skeleton} ]; then cp -RP ${skeleton} "$h"; else mkdir -p "$h"; fi || exit
u=$(sed -n 's/^UMASK[[:space:]]\\{1,\\}\\([0-7]\\{1,\\}\\)[[:space:]]*$/\\1/p' /etc/login.defs 2>/dev/null | tail -n 1)
[ -z "$u" ] || chmod "$(printf '%04o' $((0777 & ~0$u)))" "$h" || exit
chown -R "$(id -u ${quote(wish.name)}):$(id -g ${quote(wish.name)})" "$h"`;
  return { kind: 'run', script };
}

function keyPath(wish: UserWish): string {
  const file = wish.ssh_key_file ?? `.ssh/id_${wish.ssh_key_type}`;
  return file.startsWith('/') ? `f=${quote(file)}` : `h=${homeWord(wish)}; f="$h"/${quote(file)}`;
}

/** Asks for the ssh key: three lines, its file, fingerprint and public part; rc 1 when there is none. */
export function sshKey(wish: UserWish) {
  return readScript(`${keyPath(wish)}
printf '%s\\n' "$f"
[ -e "$f" ] || exit 1
ssh-keygen -l -f "$f" && cat "$f.pub"`);
}

/** What the answer to `sshKey` says, under the names of Ansible's result. */
export function keyFields(stdout: Buffer) {
  const [ssh_key_file = '', ssh_fingerprint = '', ssh_public_key = ''] = stdout.toString('utf8').split('\n');
  return { ssh_key_file, ssh_fingerprint, ssh_public_key };
}

/**
 * Makes the ssh key. A passphrase is asked for by ssh-keygen through an askpass program, which reads it from a pipe
 * in a private directory: so it is never in argv, the environment or a file.
 */
export function makeKey(wish: UserWish): RunAction {
  const words = [
    ...['-q', '-t', wish.ssh_key_type],
    ...(wish.ssh_key_bits > 0 ? ['-b', String(wish.ssh_key_bits)] : []),
  ];
  const comment =
    wish.ssh_key_comment === undefined ? '"ansible-generated on $(hostname)"' : quote(wish.ssh_key_comment);
  const keygen = `ssh-keygen ${words.map(quote).join(' ')} -C ${comment} -f "$f"`;
  const secret = wish.ssh_key_passphrase;
  const script = `umask 022; ${keyPath(wish)}
d=\${f%/*}; o=$(id -u ${quote(wish.name)}):$(id -g ${quote(wish.name)})
[ -d "$d" ] || { mkdir -m 0700 "$d" && chown "$o" "$d"; } || exit
${wish.force ? 'rm -f "$f" "$f.pub"' : ':'}
${secret === undefined ? `${keygen} -N ''` : askpass(keygen)} || exit
chown "$o" "$f" "$f.pub"`;
  return { kind: 'run', script, stdin: secret === undefined ? undefined : `${secret}\n` };
}

/** Each of the two prompts has a pipe of its own: a reader takes all that a pipe gets. */
function askpass(keygen: string): string {
  return `p=; IFS= read -r p; t=$(mktemp -d) || exit
trap 'kill $w 2>/dev/null; rm -rf "$t"' EXIT
mkfifo -m 0600 "$t/1" "$t/2" && cat > "$t/ask" <<'END' && chmod 0700 "$t/ask" || exit
#!/bin/sh
d=\${0%/*}; n=1; [ -p "$d/1" ] || n=2
cat "$d/$n"; rm -f "$d/1"
END
( printf '%s\\n' "$p" > "$t/1"; printf '%s\\n' "$p" > "$t/2" ) >/dev/null 2>&1 &
w=$!; p=; SSH_ASKPASS="$t/ask" SSH_ASKPASS_REQUIRE=force DISPLAY=: ${keygen} < /dev/null`;
}
