import { randomBytes, randomInt } from 'node:crypto';
import type { Made } from '../content.js';
import { quote } from '../quote.js';
import { splitWords } from '../words.js';
import type { CopyAction, Expect, WriteAction } from './action.js';
import { assign, attributeValues, type Step } from './compiled.js';
import { runStep } from './run.js';

/** A content that is streamed beside the script: where it is, and the random word of its temporary file. */
export type Streamed = { readonly from: string; readonly word: string; readonly size: number };

/** Writes a file whose content is in the script's own input. */
export function writeStep(action: WriteAction): Step {
  const { content } = action;
  if (content.kind === 'local') throw new TypeError('a local file is streamed, not sent with the script');
  if (content.kind === 'made') return madeStep(action, content);
  const { length } = content.data;
  const source = `content() { head -c ${length}; }\n${settings(action, newWord(), length)}\nwrite`;
  return { source, input: content.data };
}

/** Writes a file whose content is printed on the node; the file is closed to others until it has its own mode. */
function madeStep(action: WriteAction, { script, input }: Made): Step {
  const run = runStep({ kind: 'run', script: `set +C; ${script}`, stdin: input });
  return {
    source: `content() { ${run.source}; }\n${settings(action, newWord(), undefined)}\nwrite`,
    input: run.input,
  };
}

/** Makes the empty temporary file that a stream then fills; its path is the note `t`. */
export function openStep(action: WriteAction, word: string): Step {
  const source = `content() { :; }\n${settings(action, word, 0)}\nplace && fill && M=t$T && T=`;
  return { source };
}

/** The rest of a write whose temporary file has been filled by a stream. */
export function closeStep(action: WriteAction, word: string): Step {
  const reuse = 'old=; [ ! -f "$D" ] || [ -h "$D" ] || old=y';
  const source = `${settings(action, word, action.content.kind === 'local' ? action.content.size : 0)}
{ place && T=$t && ${reuse} && finish; } || { r=$?; clean; (exit $r); }`;
  return { source };
}

/** Copies a file of the node; `cp` keeps holes, and shares blocks where the file system can. */
export function copyStep(action: CopyAction): Step {
  const from = quote(action.from);
  const mode = action.preserve ? `chmod --reference=${from} -- "$T"` : undefined;
  const source = `content() { cp --sparse=auto --reflink=auto -- ${from} "$T"; }
${settings(action, newWord(), undefined, mode)}
write`;
  return { source };
}

/** An unpredictable part of a temporary file's name. */
export function newWord(): string {
  return randomBytes(9).toString('hex');
}

function settings(
  action: WriteAction | CopyAction,
  word: string,
  size: number | undefined,
  preparing = ':',
): string {
  const values = assign({
    p: action.path,
    f: action.follow === false ? '' : 'y',
    x: expectation(action.expect),
    n: size === undefined ? '' : String(size),
    w: word,
    b: action.backup ? String(randomInt(1000, 4194304)) : '',
    s: action.unsafe ? 'y' : '',
    ...attributeValues(action.attributes),
  });
  return `prepare() { ${preparing}; }; validate() { ${validation(action.validate)}; }\n${values}`;
}

/** As `unchanged` compares it: absent, any, or inode, size and time of change in microseconds. */
function expectation(expect: Expect): string {
  return expect.state === 'file' ? `${expect.ino} ${expect.size} ${expect.mtime.toFixed(6)}` : expect.state;
}

/** The command runs without a shell's expansions, as Ansible runs it; `%s` may stand inside a word. */
function validation(line: string | undefined): string {
  if (line === undefined) return ':';
  const words = splitWords(line).map((word) => word.split('%s').map(quoted).join('"$T"'));
  return words.join(' ');
}

function quoted(part: string, _index: number, all: readonly string[]): string {
  return part === '' && all.length > 1 ? '' : quote(part);
}
