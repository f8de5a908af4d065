import type { Hello, Start } from './start.js';
import { start } from './start.js';
import type { Transport } from './transport.js';

// Field 6 of a process's stat is its session. A command of the operator has a session of its own, led by a child of
// the shell. What has moved to another session on its own account is a daemon and stays.
const SCRIPT = (who: Hello) => `
each() {
  for d in /proc/[0-9]*; do
    read -r l 2>/dev/null <$d/stat || continue
    set -- \${l##*) }
    [ "$4" = "$s" ] || [ "$2" = ${who.pid} ] || case $sids in *" $4 "*) ;; *) continue ;; esac
    case " $$ $PPID " in *" \${d#/proc/} "*) ;; *) "$do" "\${d#/proc/}" "$4" ;; esac
  done
}
note() { sids="$sids$2 "; }
term() { kill -$sig "$1" 2>/dev/null; }
s=${who.session} sids=' ' do=note; each
sig=TERM do=term; each
sig=KILL; sleep 0.3; each
exit 0`;

const LIMIT_MS = 3000;

/**
 * Kills a shell and everything it runs: first SIGTERM, 0.3 s later SIGKILL. Gives up after 3 s (a frozen node, a shell
 * that never came up). Never rejects.
 */
export async function reap(
  transport: Transport,
  options: Omit<Start, 'body'>,
  who: Promise<Hello>,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((done) => {
    timer = setTimeout(done, LIMIT_MS);
  });
  const work = async () => {
    const body = SCRIPT(await who);
    if (transport.lost() !== undefined) return;
    const { channel } = await start(transport, { ...options, body });
    channel.stdin.end();
    void late.then(channel.destroy);
    await channel.closed;
  };
  await Promise.race([work().catch(() => {}), late]);
  clearTimeout(timer);
}
