import { argText } from './bytes.js';
import { bytePattern, expand, type Match, type Pattern } from './regex.js';

/** What to do with the lines of a text; texts in byte form (edit/bytes). */
export type LineWish = {
  readonly line: string;
  readonly regexp?: string;
  readonly search_string?: string;
  readonly insertafter?: string;
  readonly insertbefore?: string;
  readonly backrefs: boolean;
  readonly firstmatch: boolean;
};

/** Lines with their ends, as `readlines` gives them. */
export function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function bare(line: string): string {
  return line.replace(/[\r\n]+$/, '');
}

type Found = { readonly at: number; readonly match?: Match };

function matched(lines: readonly string[], wish: LineWish, regex: Pattern | undefined): Found {
  const needle = wish.search_string === undefined ? undefined : argText(wish.search_string);
  let found: Found = { at: -1 };
  for (const [i, line] of lines.entries()) {
    const match = regex?.search(line);
    if (!match && (needle === undefined || !line.includes(needle))) continue;
    found = { at: i, match };
    if (wish.firstmatch) break;
  }
  return found;
}

/** The line itself, and the index where insertafter or insertbefore would put it (-1 for neither). */
function placed(lines: readonly string[], wish: LineWish): { exact: number; insert: number } {
  const anchor = wish.insertafter ?? wish.insertbefore;
  const regex =
    anchor === undefined || anchor === 'BOF' || anchor === 'EOF' ? undefined : bytePattern(anchor);
  let exact = -1;
  let insert = -1;
  for (const [i, line] of lines.entries()) {
    if (bare(line) === wish.line) exact = i;
    else if (regex?.search(line)) {
      insert = wish.insertafter === undefined ? i : i + 1;
      if (wish.firstmatch) break;
    }
  }
  return { exact, insert };
}

/** The lines with a new one at an index; the line before it gets an end when it has none. */
function inserted(lines: readonly string[], at: number, line: string): string[] {
  const head = lines.slice(0, at);
  const last = head.at(-1);
  if (last !== undefined && !/[\r\n]$/.test(last)) head[head.length - 1] = `${last}\n`;
  return [...head, `${line}\n`, ...lines.slice(at)];
}

/** The lines as lineinfile's state=present wants them, with its words; no words when nothing changes. */
export function presentLine(
  lines: readonly string[],
  wish: LineWish,
): { lines: readonly string[]; msg: string } {
  const regex = wish.regexp === undefined ? undefined : bytePattern(wish.regexp);
  const found = matched(lines, wish, regex);
  const { exact, insert } = found.at >= 0 ? { exact: -1, insert: -1 } : placed(lines, wish);
  const at = found.at >= 0 ? found.at : exact;
  if (at >= 0) {
    const text = wish.backrefs && found.match && regex ? expand(regex, wish.line, found.match) : wish.line;
    const line = text.endsWith('\n') ? text : `${text}\n`;
    return lines[at] === line ? { lines, msg: '' } : { lines: lines.with(at, line), msg: 'line replaced' };
  }
  if (wish.backrefs) return { lines, msg: '' };
  const top = wish.insertbefore === 'BOF' || wish.insertafter === 'BOF';
  const index = top ? 0 : insert < 0 ? lines.length : insert;
  const there = wish.insertafter !== undefined && insert >= 0 && !top;
  if (there && bare(lines[Math.min(index, lines.length - 1)] ?? '') === wish.line) return { lines, msg: '' };
  return { lines: inserted(lines, index, wish.line), msg: 'line added' };
}

/** The lines without those that match, and how many there were. */
export function absentLines(
  lines: readonly string[],
  wish: { line?: string; regexp?: string; search_string?: string },
): { lines: readonly string[]; found: number } {
  const regex = wish.regexp === undefined ? undefined : bytePattern(wish.regexp);
  const needle = wish.search_string === undefined ? undefined : argText(wish.search_string);
  const goes = (line: string) => {
    if (regex) return regex.search(line) !== undefined;
    return needle === undefined ? bare(line) === wish.line : line.includes(needle);
  };
  const kept = lines.filter((line) => !goes(line));
  return { lines: kept, found: lines.length - kept.length };
}
