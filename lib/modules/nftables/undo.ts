import { setTimeout as sleep } from 'node:timers/promises';
import { quote } from '../../node/quote.js';
import type { RunInfo } from '../module.js';
import { mustStep, StepError, step } from '../steps.js';

/** What is to come back, and when. `file` keeps the rules for the next boot. */
export type Undo = { readonly file: string; readonly seconds: number };

/** Between two tries to connect. */
const PAUSE_MS = 500;
/** How long after the undoing the node may take to answer again, in seconds. */
const RECOVERY = 30;

// Runs on by itself when the connection is gone. Whoever renames the mark first has decided: the confirmation or this.
const WAIT = `sleep "$2"; mv "$1/armed" "$1/undone" 2>/dev/null || exit 0
nft -f "$1/rules"
if [ -e "$1/file" ]; then cp -p "$1/file" "$3"; else rm -f "$3"; fi
rm -f /run/ffe-nftables`;

/** Keeps the rules and the file as they are, and starts what brings them back; answers with the folder they are kept in. */
export async function armUndo(info: RunInfo, { file, seconds }: Undo): Promise<string> {
  const script = `umask 077
d=$(mktemp -d /run/ffe-nftables.XXXXXXXX) || exit
{ echo 'flush ruleset'; nft list ruleset; } >"$d/rules" || exit
[ ! -e "$2" ] || cp -p "$2" "$d/file" || exit
: >"$d/armed"
set -- "$d" "$1" "$2"
if [ -d /run/systemd/system ]; then systemd-run -q --collect --unit="\${d##*/}.service" --description='Undo of nftables rules' -- sh -c ${quote(WAIT)} sh "$@"
else setsid sh -c ${quote(WAIT)} sh "$@" </dev/null >/dev/null 2>&1 &
  echo $! >"$d/pid"
fi || exit
printf %s "$d"`;
  return (await mustStep(info, ['sh', '-c', script, 'sh', String(seconds), file])).out;
}

/** Says that the rules may stay; false when they are undone already. */
async function keep(
  info: Pick<RunInfo, 'node' | 'become' | 'environment' | 'signal'>,
  folder: string,
): Promise<boolean> {
  const script = `mv "$1/armed" "$1/kept" || exit
if [ -e "$1/pid" ]; then kill -- "-$(cat "$1/pid")" 2>/dev/null; else systemctl stop "\${1##*/}.service"; fi
rm -rf "$1"`;
  return (await step(info, ['sh', '-c', script, 'sh', folder])).rc === 0;
}

/** A new connection, or why there is none. */
async function confirmed(info: RunInfo, folder: string): Promise<boolean | Error> {
  const { environment, signal } = info;
  const party = await info.party('task', { fresh: true });
  try {
    return await keep({ node: party.node, become: party.become, environment, signal }, folder);
  } catch (error) {
    info.signal.throwIfAborted();
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    await party.node.close();
  }
}

/** Waits until the node is reached again after the old rules are back. */
async function recovered(info: RunInfo, folder: string, until: number): Promise<boolean> {
  const { environment, signal } = info;
  while (Date.now() < until) {
    const party = await info.party('task', { fresh: true });
    const seat = { node: party.node, become: party.become, environment, signal };
    const undone = await step(seat, ['sh', '-c', 'test -e "$1/undone" && rm -rf "$1"', 'sh', folder]).then(
      ({ rc }) => rc === 0,
      () => false,
    );
    await party.node.close();
    if (undone) return true;
    await sleep(PAUSE_MS, undefined, { signal });
  }
  return false;
}

/**
 * Lets new rules stay when a new connection can be made within the time; the one that stands may live on rules that
 * let nobody else in. Otherwise waits for the old rules, and fails.
 */
export async function confirmRules(info: RunInfo, folder: string, { seconds }: Undo): Promise<void> {
  const end = Date.now() + seconds * 1000;
  const seen: { last?: Error } = {};
  while (Date.now() < end) {
    const answer = await confirmed(info, folder);
    if (answer === true) return;
    if (answer === false) break;
    seen.last = answer;
    await sleep(PAUSE_MS, undefined, { signal: info.signal });
  }
  // The connection that stood before may be dead without having noticed.
  await info.node.reset();
  const back = await recovered(info, folder, end + RECOVERY * 1000);
  const why = seen.last ? `: ${seen.last.message}` : '';
  throw new StepError(
    `with the new rules no new connection could be made within ${seconds} s${why}; ${
      back ? 'the old rules are back' : 'the node has not answered since, though its old rules should be back'
    }`,
  );
}
