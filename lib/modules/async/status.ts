import { quote } from '../../node/quote.js';
import type { JsonObject } from '../../values/json.js';

/** The folder of results when nothing names another. */
export const ASYNC_DIR = '~/.ansible_async';

/** Exit code of the scripts below for a job that is not there. */
const ABSENT = 44;

/** A job's file as a word of sh; a leading `~/` is the user's home. */
function fileWord(dir: string, jid: string): string {
  const path = `${dir}/${jid}`;
  return path.startsWith('~/') ? `"$HOME"/${quote(path.slice(2))}` : quote(path);
}

/** Sh source that prints a job's file and its content, after at most `wait` seconds when the job still runs. */
export function statusScript(dir: string, jid: string, wait = 0): string {
  const steps = Math.ceil(wait / 0.2);
  return `f=${fileWord(dir, jid)}; [ -e "$f" ] || exit ${ABSENT}; printf '%s\\n' "$f"
i=0; while [ $i -lt ${steps} ]; do l=; read -r l <"$f"; case $l in '{"started"'*) sleep 0.2 ;; *) break ;; esac; i=$((i+1)); done
cat -- "$f"`;
}

/** Sh source that removes a job's file and prints its name. */
export function cleanupScript(dir: string, jid: string): string {
  return `f=${fileWord(dir, jid)}; [ -e "$f" ] || exit ${ABSENT}; rm -f -- "$f"; printf '%s\\n' "$f"`;
}

/** What one of the scripts left, as async_status reports it: `finished` and `started` are 0 or 1. */
export function readStatus(
  jid: string,
  mode: 'status' | 'cleanup',
  done: { readonly rc: number; readonly stdout: Buffer },
): JsonObject {
  const all = done.stdout.toString('utf8');
  const cut = all.indexOf('\n');
  const [file, text] = [all.slice(0, cut), all.slice(cut + 1)];
  const common = { ansible_job_id: jid, changed: false, stdout: '', stderr: '' };
  if (done.rc === ABSENT)
    return { ...common, failed: true, started: 1, finished: 1, msg: 'could not find job' };
  if (mode === 'cleanup') return { ...common, started: 0, finished: 0, erased: file };
  const base = { ...common, started: 1, results_file: file };
  const data = parsed(text);
  if (data === undefined)
    return { ...base, finished: 1, failed: true, msg: `Could not parse job output: ${text}` };
  return {
    ...base,
    ...data,
    finished: 'started' in data ? (data.finished ?? 0) : 1,
    started: 1,
    ansible_job_id: jid,
  };
}

function parsed(text: string): JsonObject | undefined {
  if (text.trim() === '') return { started: 1, finished: 0 };
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === 'object' && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}
