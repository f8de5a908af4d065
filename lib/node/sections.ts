import { randomBytes } from 'node:crypto';
import { FfeError } from '../errors/error.js';
import type { Reply } from './shell.js';

/** What one section of a script left. `note` is what it put into the shell variable `M`. */
export type SectionOutput = {
  readonly rc: number;
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly note: Buffer;
};

/** Two words nobody can guess: `end` closes each section, `inner` is for a section's own separators. */
export type Marks = { readonly end: string; readonly inner: string };

/** Fresh marks for one script. */
export function newMarks(): Marks {
  return { end: randomBytes(12).toString('hex'), inner: randomBytes(12).toString('hex') };
}

/**
 * The start of every script: messages in English, the marks as `$N` and `$K`, and `E RC`, which closes a section on
 * both streams with its exit code and the note `$M`.
 */
export function prelude(marks: Marks): string {
  return `LC_ALL=C; export LC_ALL; unset LANGUAGE CDPATH; N=${marks.end} K=${marks.inner} M=
E() { printf '%s%s %s\\0' "$N" "$1" "$M"; printf %s "$N" >&2; M=; }
`;
}

/** Splits a reply into the outputs of its sections, in order; what follows the last one is left out. */
export function splitSections(reply: Reply, marks: Marks): SectionOutput[] {
  const outputs: SectionOutput[] = [];
  const mark = Buffer.from(marks.end, 'latin1');
  let [at, errAt] = [0, 0];
  for (;;) {
    const end = reply.stdout.indexOf(mark, at);
    const errEnd = reply.stderr.indexOf(mark, errAt);
    const close = end < 0 ? -1 : reply.stdout.indexOf(0, end);
    if (end < 0 || errEnd < 0 || close < 0) return outputs;
    const trailer = reply.stdout.subarray(end + mark.length, close);
    const space = trailer.indexOf(0x20);
    outputs.push({
      rc: Number(trailer.toString('latin1', 0, space)),
      stdout: reply.stdout.subarray(at, end),
      stderr: reply.stderr.subarray(errAt, errEnd),
      note: trailer.subarray(space + 1),
    });
    at = close + 1;
    errAt = errEnd + mark.length;
  }
}

/** The error of a script that ended before it had closed all of its sections. */
export function cutShort(reply: Reply, marks: Marks): FfeError {
  const tail = reply.stderr.subarray(reply.stderr.lastIndexOf(marks.end) + 1);
  const said = tail.toString('utf8').split(marks.end).join('').trim().slice(-400);
  return new FfeError('task', `a script on the node ended early with exit code ${reply.rc}`, {
    notes: said === '' ? [] : [said],
  });
}
