import type { RunAction } from '../../node/actions/action.js';
import { quote } from '../../node/quote.js';

/** How often fetching is tried, and for how many seconds it waits at most in between. */
export type Refresh = {
  readonly update_cache_retries: number;
  readonly update_cache_retry_max_delay: number;
};

/** Fetches the lists of packages; when that fails for good, the files are put back as they were. */
export function refreshLists(
  wish: Refresh,
  edits: readonly { readonly path: string; readonly before: string }[],
): RunAction {
  const back = edits.map(({ path, before }) =>
    before === '' ? `rm -f ${quote(path)}` : `printf %s ${quote(before)} > ${quote(path)}`,
  );
  const script = `export LC_ALL=C DEBIAN_FRONTEND=noninteractive; n=0; delay=1
while :; do
  e=$(apt-get -o APT::Update::Error-Mode=any update 2>&1 >/dev/null </dev/null) && exit 0
  n=$((n + 1)); [ $n -lt ${Math.max(1, wish.update_cache_retries)} ] || break
  sleep $delay; delay=$((delay * 2))
  [ $delay -le ${wish.update_cache_retry_max_delay} ] || delay=${wish.update_cache_retry_max_delay}
done
${back.join('\n')}
printf '%s\\n' "$e" >&2; exit 1`;
  return { kind: 'run', script };
}
