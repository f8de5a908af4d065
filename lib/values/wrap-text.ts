import { length } from './iterate.js';

/** How Python's textwrap breaks text: width in characters, whether long words and hyphens may be broken at. */
export type WrapOptions = { width: number; breakLong: boolean; breakHyphens: boolean };

const WS = '[\\t-\\r ]';
const PUNCT = '[\\p{L}\\p{N}_!"\'&.,?]';
const LETTER = '[\\p{L}_]';
const HYPHEN = `-(?:(?<=${LETTER}{2}-)|(?<=${LETTER}-${LETTER}-))(?=${LETTER}-?${LETTER})`;
const DASH = `(?<=${PUNCT})-{2,}(?=[\\p{L}\\p{N}_])`;
const WORD = `[^\\t-\\r ]+?(?:${HYPHEN}|(?=${WS}|$)|(?<=${PUNCT})(?=-{2,}[\\p{L}\\p{N}_]))`;
const WITH_HYPHENS = new RegExp(`${WS}+|${DASH}|${WORD}`, 'gu');
const SIMPLE = new RegExp(`${WS}+|[^\\t-\\r ]+`, 'gu');

const blank = (chunk: string | undefined): boolean => chunk !== undefined && chunk.trim() === '';

function takeLong(chunk: string, room: number, options: WrapOptions): [string, string] {
  const chars = Array.from(chunk);
  let end = options.width < 1 ? 1 : room;
  if (options.breakHyphens && chars.length > room) {
    const hyphen = chars.slice(0, room).lastIndexOf('-');
    if (hyphen > 0 && chars.slice(0, hyphen).some((c) => c !== '-')) end = hyphen + 1;
  }
  return [chars.slice(0, end).join(''), chars.slice(end).join('')];
}

function fill(chunks: string[], options: WrapOptions): string[] {
  const line: string[] = [];
  let used = 0;
  while (chunks.length && used + length(chunks.at(-1)!) <= options.width) {
    used += length(chunks.at(-1)!);
    line.push(chunks.pop()!);
  }
  if (chunks.length && length(chunks.at(-1)!) > options.width) {
    if (options.breakLong) {
      const [head, tail] = takeLong(chunks.at(-1)!, options.width - used, options);
      line.push(head);
      chunks[chunks.length - 1] = tail;
    } else if (line.length === 0) line.push(chunks.pop()!);
  }
  // Only the last chunk goes, even when it is the empty head of a broken word: Python does so too.
  if (blank(line.at(-1))) line.pop();
  return line;
}

/** Python's textwrap.wrap() of one paragraph, without touching its tabs and spaces. */
export function wrapLine(source: string, options: WrapOptions): string[] {
  const chunks = source.match(options.breakHyphens ? WITH_HYPHENS : SIMPLE)?.filter((c) => c !== '') ?? [];
  // The next chunk is the last of the list, where taking one costs nothing.
  chunks.reverse();
  const lines: string[] = [];
  while (chunks.length) {
    if (lines.length && blank(chunks.at(-1))) chunks.pop();
    const line = fill(chunks, options);
    if (line.length) lines.push(line.join(''));
  }
  return lines;
}
