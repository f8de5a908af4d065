import { decodeBytes } from '../bytes.js';
import { quoteAll } from '../quote.js';
import type { SectionOutput } from '../sections.js';
import type { FileType, PathAnswer, PathState } from './query.js';

// Numbers, then names that NUL separates: no name of a file, user or group can hold one.
const NUMBERS = '%f %u %g %s %i %d %h %.6X %.6Y %.6Z %.6W %b %o %t %T';
const FORMAT = `${NUMBERS}\\0%U\\0%G\\0%n\\0%N\\0`;

const TYPES: ReadonlyMap<number, FileType> = new Map([
  [0o100000, 'file'],
  [0o040000, 'directory'],
  [0o120000, 'link'],
  [0o010000, 'fifo'],
  [0o140000, 'socket'],
  [0o060000, 'block'],
  [0o020000, 'char'],
]);

/**
 * Sh source that prints the state of paths: a record of five texts for each that exists, one text that begins with
 * `|` and has the rights of this user on every path, and where links lead to in the end.
 */
export function statSection(paths: readonly string[], follow: boolean): string {
  const links = follow
    ? ''
    : `
l=$#; for p do [ -h "$p" ] && set -- "$@" "$p"; done; shift $l; [ $# = 0 ] || readlink -zm -- "$@"`;
  return `set -- ${quoteAll(paths)}
QUOTING_STYLE=literal stat ${follow ? '-L ' : ''}--printf='${FORMAT}' -- "$@"
f='|'; for p do [ -r "$p" ] && f=\${f}r; [ -w "$p" ] && f=\${f}w; [ -x "$p" ] && f=\${f}x; f=$f,; done; printf '%s\\0' "$f"${links}`;
}

type Record = {
  readonly numbers: string;
  readonly owner: string;
  readonly group: string;
  readonly name: string;
  readonly shown: string;
};

/** Reads what `statSection` printed: an answer for every path. */
export function readStats(paths: readonly string[], output: SectionOutput): Map<string, PathAnswer> {
  const texts = decodeBytes(output.stdout).split('\0');
  const flagsAt = texts.findIndex((t, i) => i % 5 === 0 && t.startsWith('|'));
  const rights = (texts[flagsAt] ?? '').slice(1).split(',');
  const targets = texts.slice(flagsAt + 1);
  const errors = output.stderr.toString('utf8').split('\n');
  const answers = new Map<string, PathAnswer>();
  let [at, link, error] = [0, 0, 0];
  paths.forEach((path, i) => {
    const record = at < flagsAt && texts[at + 3] === path ? recordAt(texts, at) : undefined;
    if (record === undefined) {
      answers.set(path, missing(path, errors[error++]));
      return;
    }
    at += 5;
    const state = stateOf(record, rights[i] ?? '');
    answers.set(path, state.type === 'link' ? { ...state, ...linked(record, targets[link++]) } : state);
  });
  return answers;
}

function recordAt(texts: readonly string[], at: number): Record {
  const [numbers, owner, group, name, shown] = texts.slice(at, at + 5) as [
    string,
    string,
    string,
    string,
    string,
  ];
  return { numbers, owner, group, name, shown };
}

function linked({ name, shown }: Record, realTarget: string | undefined): Partial<PathState> {
  return { target: shown.slice(name.length + ' -> '.length), realTarget };
}

/** A path without a record: absent, or out of reach for a reason that is the end of the program's message. */
function missing(path: string, line = ''): PathAnswer {
  const reason = line.slice(line.lastIndexOf(': ') + 2);
  const absent = reason === 'No such file or directory' || reason === '';
  return { kind: 'path', exists: false, path, ...(absent ? {} : { error: reason }) };
}

function stateOf(record: Record, rights: string): { kind: 'path'; exists: true } & PathState {
  const words = record.numbers.split(' ');
  const raw = Number.parseInt(words[0]!, 16);
  const [uid, gid, size, ino, dev, nlink, atime, mtime, ctime, birth, blocks, blockSize] = words
    .slice(1)
    .map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const [major, minor] = words.slice(13).map((w) => Number.parseInt(w, 16)) as [number, number];
  return {
    kind: 'path',
    exists: true,
    path: record.name,
    type: TYPES.get(raw & 0o170000) ?? 'file',
    mode: raw & 0o7777,
    uid,
    gid,
    owner: record.owner === 'UNKNOWN' ? '' : record.owner,
    group: record.group === 'UNKNOWN' ? '' : record.group,
    size,
    ino,
    dev,
    nlink,
    atime,
    mtime,
    ctime,
    ...(birth > 0 ? { birth } : {}),
    blocks,
    blockSize,
    deviceType: deviceNumber(major, minor),
    readable: rights.includes('r'),
    writeable: rights.includes('w'),
    executable: rights.includes('x'),
  };
}

/** Linux's device number, as glibc's makedev(3) puts it together (the low 32 bits suffice in practice). */
function deviceNumber(major: number, minor: number): number {
  return (minor & 0xff) + (major & 0xfff) * 0x100 + (minor >>> 8) * 0x100000;
}
