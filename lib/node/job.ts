import type { JsonObject } from '../values/json.js';
import type { Action } from './actions/action.js';
import { compileAction } from './actions/compile.js';
import { FUNCTIONS } from './actions/functions.js';
import { commandText } from './command-text.js';
import type { Exec } from './node.js';
import { quote } from './quote.js';
import { fed } from './request.js';
import { newMarks, prelude } from './sections.js';

/** What a job does: sh source and its input. */
export type Work = { readonly source: string; readonly input?: Uint8Array };

/**
 * A job that goes on when its connection is gone. `id` is the name before the process number, `dir` the folder of
 * results (a leading `~/` is the user's home), `limit` seconds it may take. `fields` begin its result: those of a
 * command are completed with exit code, output and times, those of actions with their output when `output` is set.
 */
export type Job = {
  readonly id: string;
  readonly dir: string;
  readonly limit: number;
  readonly work: Work;
  readonly kind: 'command' | 'actions';
  readonly fields: JsonObject;
  readonly output: boolean;
  /** Takes line ends off the ends of the output. */
  readonly strip: boolean;
};

/** A command as the work of a job. */
export function commandWork(command: Exec): Work {
  return { source: `( ${commandText(command)} )`, input: command.stdin };
}

/** Actions as the work of a job: in order, until one fails. */
export function actionsWork(actions: readonly Action[]): Work {
  const steps = actions.map(compileAction);
  const done = steps.map(
    ({ source, ok = [0] }) => `{ ${source}\n}; r=$?; case $r in ${ok.join('|')}) ;; *) exit $r ;; esac\n`,
  );
  const inputs = steps.flatMap((step) => (step.input === undefined ? [] : [step.input]));
  const source = [prelude(newMarks()), FUNCTIONS, ...done, 'exit 0'].join('');
  return { source: `(${source}\n)`, input: inputs.length > 0 ? Buffer.concat(inputs) : undefined };
}

/** Control characters that JSON has no letter for. */
const CONTROLS = Array.from({ length: 31 }, (_, i) => i + 1).filter(
  (code) => ![8, 9, 10, 12, 13].includes(code),
);

/** A sed program that turns text into the inside of a JSON string. */
function escapes(strip: boolean): string {
  const hex = (code: number) => code.toString(16).padStart(2, '0');
  return [
    ...(strip ? ['s/[\\r\\n]*$//'] : []),
    's/\\\\/\\\\\\\\/g',
    's/"/\\\\"/g',
    ...(['b\\x08', 't\\x09', 'n\\x0a', 'f\\x0c', 'r\\x0d'] as const).map(
      (c) => `s/${c.slice(1)}/\\\\${c[0]}/g`,
    ),
    ...CONTROLS.map((code) => `s/\\x${hex(code)}/\\\\u00${hex(code)}/g`),
  ].join('; ');
}

const FUNCTIONS_OF_RESULTS = (
  strip: boolean,
) => `text() { tr -d '\\000' <"$w/$1" | LC_ALL=C sed -z ${quote(escapes(strip))}; }
streams() { printf '%s' ', "stdout": "'; text o; printf '%s' '", "stderr": "'; text e; printf '%s' '"'; }
`;

const TIMES = `t=$(( (\${e%% *} - \${s%% *}) / 1000 ))
delta() { printf '%d:%02d:%02d.%06d' $((t/3600000000)) $((t/60000000%60)) $((t/1000000%60)) $((t%1000000)); }
`;

function opened(fields: JsonObject): string {
  return quote(JSON.stringify(fields).slice(0, -1));
}

/** Sh source that prints the result, from `r` the exit code and the streams' files. */
function resultSource(job: Job): string {
  if (job.kind === 'command')
    return `printf %s ${opened(job.fields)}; streams
printf ', "rc": %d, "start": "%s", "end": "%s", "delta": "%s"' "$r" "\${s#* }" "\${e#* }" "$(delta)"
if [ "$r" = 0 ]; then printf ', "msg": ""}'; else printf ', "msg": "non-zero return code", "failed": true}'; fi`;
  return `if [ "$r" = 0 ]; then printf %s ${opened(job.fields)}; ${job.output ? 'streams; ' : ''}printf '}'
else printf '{"changed": false, "failed": true, "rc": %d, "msg": "' "$r"; text e; printf '%s' '"'; streams; printf '}'; fi`;
}

/** The program of a job: it reads nothing and needs nobody. Its first argument is the file of its result, its second its id. */
function program(job: Job): string {
  const inner = `{ umask "$U"; unset LC_ALL U; ${job.work.source}\n} <&3 3<&-; exit $?`;
  const consumer = `{ exec 3<&0; printf %s "$q" | timeout -s KILL ${job.limit} /bin/sh; } >"$w/o" 2>"$w/e"`;
  return `{
put() { cat >"$f.tmp" && mv -f -- "$f.tmp" "$f"; }
f=$1 w=$1.d q=${quote(inner)}
printf '{"started": 1, "finished": 0, "ansible_job_id": "%s"}' "$2" | put && mkdir -m 700 -- "$w" || exit 1
printf started; exec >/dev/null 2>&1; trap '' HUP
s=$(date '+%s%N %F %T.%6N')
${fed(job.work.input, consumer, 'END_OF_INPUT')}r=$?
e=$(date '+%s%N %F %T.%6N')
${TIMES}${FUNCTIONS_OF_RESULTS(job.strip)}if [ "$r" = 137 ] && [ $((t / 1000000)) -ge ${job.limit} ]; then
printf '{"msg": "Timeout exceeded", "failed": true, "child_pid": %d}' $$
else
${resultSource(job)}
fi | put
rm -rf -- "$w"
exit 0
}
`;
}

/** A folder as a word of sh, with the home of the user for `~`. */
export function homeWord(dir: string): string {
  if (dir === '~') return '"$HOME"';
  return dir.startsWith('~/') ? `"$HOME"/${quote(dir.slice(2))}` : quote(dir);
}

/** Sh source that makes the file of a job which is done from the controller; prints id and file as `startJob` does. */
export function openJob(job: Pick<Job, 'id' | 'dir'>): string {
  return `${placeOf(job)}
printf '{"started": 1, "finished": 0, "ansible_job_id": "%s"}' "$_j" >"$_f" || exit 1
printf '%s\\n%s' "$_j" "$_f"`;
}

/** Sh source that replaces the file of a job by what comes on standard input. */
export function closeJob(file: string): string {
  return `cat >${quote(`${file}.tmp`)} && mv -f -- ${quote(`${file}.tmp`)} ${quote(file)}`;
}

function placeOf({ id, dir }: Pick<Job, 'id' | 'dir'>): string {
  return `umask 077; _d=${homeWord(dir)}; [ -d "$_d" ] || mkdir -p -- "$_d" || exit 1
_j=${id}.$$; _f=$_d/$_j`;
}

/**
 * Sh source that starts a job in a session of its own and prints its id and the file of its result, a line each, when
 * it runs. Nothing of it is in any process's arguments.
 */
export function startJob(job: Job): string {
  return `U=$(umask); export U; ${placeOf(job)}
if command -v setsid >/dev/null; then _s=setsid; else _s=nohup; fi
_o=$(printf %s ${quote(program(job))} | { exec 3<&0; $_s /bin/sh -s -- "$_f" "$_j" <&3 3<&- & })
[ "$_o" = started ] || { echo "the job did not start: $_o" >&2; exit 1; }
printf '%s\\n%s' "$_j" "$_f"`;
}
