import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Node } from '../../node/node.js';
import type { Party, RunInfo } from '../module.js';
import { type Step, StepError, step } from '../steps.js';

type Running = Awaited<ReturnType<Node['spawn']>>;

/** How long the far side may take to end when rsync has ended already. */
const GRACE_MS = 10_000;
/** How long the relay may take to end when both sides have ended. */
const RELAY_END_MS = 2000;

// Prints a folder, then, once rsync has called the script in it, what was called and what is said to it. What is
// answered comes on standard input. Background jobs of sh have no standard input, so it is kept under another number.
const RELAY = `umask 077
d=$(mktemp -d "\${TMPDIR:-/tmp}/ffe-rsync.XXXXXXXX") && mkfifo "$d/up" "$d/down" || exit 1
trap 'rm -rf "$d"' EXIT
trap 'exit 143' TERM HUP INT
cat >"$d/rsh" <<'END'
d=\${0%/*}
shift
exec 3<&0
{ printf '%s\\0' "$*"; exec cat <&3; } >"$d/up" &
exec 3<&-
exec cat <"$d/down"
END
printf '%s\\0' "$d"
cat "$d/up" &
cat >"$d/down"`;

/** The text before the next NUL; undefined when the stream ends without one. What is behind it stays in the stream. */
async function untilNul(stream: Readable): Promise<string | undefined> {
  const parts: Buffer[] = [];
  while (true) {
    const chunk = stream.read() as Buffer | null;
    if (chunk === null) {
      if (stream.readableEnded || stream.destroyed) return undefined;
      await Promise.race([once(stream, 'readable'), once(stream, 'end'), once(stream, 'close')]);
      continue;
    }
    const end = chunk.indexOf(0);
    parts.push(end < 0 ? chunk : chunk.subarray(0, end));
    if (end < 0) continue;
    if (end + 1 < chunk.length) stream.unshift(chunk.subarray(end + 1));
    return Buffer.concat(parts).toString('utf8');
  }
}

type Served = { readonly rc: number; readonly err: string };

/** Starts on the far side what rsync calls there, and joins both; undefined when it called nothing. */
async function serve(relay: Running, far: Party, onCall: () => void): Promise<Served | undefined> {
  const line = await untilNul(relay.stdout);
  if (line === undefined) return undefined;
  onCall();
  const server = await far.node.spawn({ line }, far.become);
  relay.stdout.pipe(server.stdin);
  server.stdout.pipe(relay.stdin);
  const late = { timer: undefined as NodeJS.Timeout | undefined };
  relay.stdout.once('end', () => {
    late.timer = setTimeout(() => void server.kill(), GRACE_MS);
  });
  // What nobody takes any more must not keep the server from ending.
  relay.stdin.once('close', () => server.stdout.resume());
  try {
    const [{ rc }, err] = await Promise.all([server.done, text(server.stderr)]);
    return { rc, err };
  } finally {
    clearTimeout(late.timer);
  }
}

/**
 * Runs rsync on one machine against another. Both are reached as tasks reach them, and what they say to each other goes
 * through the controller: no login of one at the other is needed.
 */
export async function rsyncBetween(
  info: Pick<RunInfo, 'environment' | 'signal'>,
  near: Party,
  far: Party,
  words: (rsh: string) => readonly string[],
): Promise<Step> {
  const relay = await near.node.spawn({ line: RELAY }, near.become);
  const complaint = text(relay.stderr);
  const folder = await untilNul(relay.stdout);
  if (folder === undefined) throw new StepError(`${near.host}: no temporary folder: ${await complaint}`);
  const calls = { made: false };
  const serving = serve(relay, far, () => {
    calls.made = true;
  }).catch((error: unknown) => ({ error }));
  const { environment, signal } = info;
  const seat = { node: near.node, become: near.become, environment, signal };
  try {
    const done = await step(seat, words(`sh '${folder}/rsh'`));
    // Without a call from rsync the relay would wait for one for ever.
    if (!calls.made) await relay.kill();
    const served = await serving;
    if (served && 'error' in served) throw served.error;
    if (!served || done.rc === 0) return done;
    return { ...done, rc: served.rc === 127 ? 127 : done.rc, err: `${served.err}${done.err}` };
  } finally {
    await endRelay(relay, () =>
      step({ ...seat, signal: AbortSignal.timeout(GRACE_MS) }, ['rm', '-rf', folder]),
    );
  }
}

/** The relay ends by itself when both sides have said everything; otherwise it is killed, and its folder removed. */
async function endRelay(relay: Running, remove: () => Promise<unknown>): Promise<void> {
  const timer = { late: undefined as NodeJS.Timeout | undefined };
  const late = new Promise<true>((done) => {
    timer.late = setTimeout(() => done(true), RELAY_END_MS);
  });
  relay.stdin.end();
  const isLate = await Promise.race([relay.done.then(() => false), late]);
  clearTimeout(timer.late);
  if (!isLate) return;
  await relay.kill();
  await remove();
}
