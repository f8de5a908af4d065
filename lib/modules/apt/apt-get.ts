import type { RunAction } from '../../node/actions/action.js';
import { type ReadQuery, readScript } from '../../node/queries/query.js';
import { quoteAll } from '../../node/quote.js';
import type { ArgsOf } from '../args.js';
import type { aptArgs } from './apt-args.js';

/** What is wanted of apt. */
export type AptWish = ArgsOf<typeof aptArgs>;

const ENVIRONMENT = 'export DEBIAN_FRONTEND=noninteractive DEBIAN_PRIORITY=critical LC_ALL=C LANG=C';

function dpkgOptions(wish: AptWish): string[] {
  return wish.dpkg_options.split(',').filter((o) => o !== '');
}

/** Words of an apt-get call: the options that the task asks for, the operation, its packages. */
export function aptGetWords(
  wish: AptWish,
  operation: readonly string[],
  packages: readonly string[],
): string[] {
  const install = operation.includes('install');
  const on = (flag: boolean | undefined, ...words: string[]) => (flag ? words : []);
  return [
    'apt-get',
    '-y',
    ...dpkgOptions(wish).flatMap((o) => ['-o', `Dpkg::Options::=--${o}`]),
    ...on(install && wish.only_upgrade, '--only-upgrade'),
    ...on(wish.state === 'fixed', '--fix-broken'),
    ...on(wish.force, '--allow-remove-essential', '--allow-unauthenticated'),
    ...on(wish.force || wish.allow_change_held_packages, '--allow-change-held-packages'),
    ...on(wish.force || wish.allow_downgrade, '--allow-downgrades'),
    ...on(wish.allow_unauthenticated, '--allow-unauthenticated'),
    ...on(wish.autoremove && !operation.includes('build-dep'), '--auto-remove'),
    ...on(wish.fail_on_autoremove, '--no-remove'),
    ...on(wish.purge && /remove/.test(operation.join()), '--purge'),
    ...(wish.default_release === undefined ? [] : ['-t', wish.default_release]),
    ...(wish.install_recommends === undefined
      ? []
      : ['-o', `APT::Install-Recommends=${wish.install_recommends ? 'yes' : 'no'}`]),
    ...operation,
    ...packages,
  ];
}

/** The same call as a question: what it would do, or why it cannot. */
export function simulation(words: readonly string[]): ReadQuery {
  return readScript(
    `${ENVIRONMENT}\n${quoteAll([words[0] ?? '', '--simulate', ...words.slice(1)])} < /dev/null`,
  );
}

/** Runs `$@` until no other program holds a lock that it needs; stderr is kept, and repeated tries leave nothing of theirs. */
const PATIENT = `patient() {
  end=$(($(date +%s) + $wait))
  while :; do
    { err=$({ "$@" < /dev/null >&3; } 2>&1); rc=$?; } 3>&1
    case $rc:$err in
      0:*) break ;;
      *'Could not get lock'*|*'Unable to acquire the dpkg frontend lock'*|*'Unable to lock'*)
        [ "$(date +%s)" -lt "$end" ] || break
        sleep 1 ;;
      *) break ;;
    esac
  done
  [ -z "$err" ] || printf '%s\\n' "$err" >&2
  return $rc
}`;

/** Sh source that makes policy-rc.d exit with a code while \`$@\` runs, and puts back what was there. */
function policy(code: number | undefined): string {
  if (code === undefined) return '';
  return `p=/usr/sbin/policy-rc.d; k=
if [ -e "$p" ]; then k=$(mktemp -d /usr/sbin/.policy-rc.d.XXXXXX) && mv "$p" "$k/policy-rc.d" || exit; fi
restore() { if [ -n "$k" ]; then mv -f "$k/policy-rc.d" "$p" && rmdir "$k"; else rm -f "$p"; fi; }
trap restore EXIT
trap 'exit 143' HUP INT TERM
printf '#!/bin/sh\\nexit ${code}\\n' > "$p" && chmod 0755 "$p" || exit`;
}

/** Sh source that ends what an interrupted dpkg has begun, which is what `fixed` asks for. */
function repair(wish: AptWish): string {
  if (wish.state !== 'fixed') return '';
  return `patient ${quoteAll(['dpkg', ...dpkgOptions(wish).map((o) => `--${o}`), '--configure', '-a'])} || exit`;
}

/** An apt-get call that waits for locks. */
export function aptGet(wish: AptWish, words: readonly string[]): RunAction {
  const script = `${ENVIRONMENT}
wait=${wish.lock_timeout}
${PATIENT}
${policy(wish.policy_rc_d)}
${repair(wish)}
patient ${quoteAll(words)}`;
  return { kind: 'run', script };
}

/**
 * Fetches the lists, again and again with growing waits when that fails. The last line it prints holds the lists' time
 * before and after.
 */
export function updateLists(wish: AptWish): RunAction {
  const script = `${ENVIRONMENT}
wait=${wish.lock_timeout}
${PATIENT}
stamp() { stat -c %Y /var/lib/apt/periodic/update-success-stamp 2>/dev/null || stat -c %Y /var/lib/apt/lists 2>/dev/null || echo 0; }
before=$(stamp); delay=1; n=0
while :; do
  e=$(patient apt-get -o APT::Update::Error-Mode=any update 2>&1 >/dev/null) && break
  rc=$?; n=$((n + 1))
  [ $n -lt ${Math.max(1, wish.update_cache_retries)} ] || { printf '%s\\n' "$e" >&2; exit $rc; }
  sleep $delay; delay=$((delay * 2))
  [ $delay -le ${wish.update_cache_retry_max_delay} ] || delay=${wish.update_cache_retry_max_delay}
done
echo "$before $(stamp)"`;
  return { kind: 'run', script };
}
