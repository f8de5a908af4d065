/** What Python's str.strip() and split() take for white space. */
const SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LEADING = new RegExp(`^${SPACE}+`);
const TRAILING = new RegExp(`${SPACE}+$`);
const SPACES = new RegExp(`${SPACE}+`);
const LINE_END = /\r\n|[\n-\r\x1c-\x1e\x85\u2028\u2029]/;

/** Python's lstrip(). */
export function stripLeft(s: string, chars?: string): string {
  if (chars === undefined) return s.replace(LEADING, '');
  const list = Array.from(s);
  const set = new Set(chars);
  const at = list.findIndex((ch) => !set.has(ch));
  return at < 0 ? '' : list.slice(at).join('');
}

/** Python's rstrip(). */
export function stripRight(s: string, chars?: string): string {
  if (chars === undefined) return s.replace(TRAILING, '');
  const list = Array.from(s);
  const set = new Set(chars);
  return list.slice(0, list.findLastIndex((ch) => !set.has(ch)) + 1).join('');
}

/** Python's strip(): white space, or any of the given characters, off both ends. */
export function strip(s: string, chars?: string): string {
  return stripRight(stripLeft(s, chars), chars);
}

/** Python's splitlines(): no empty line after a final line end. */
export function splitLines(s: string): string[] {
  const lines = s.split(new RegExp(LINE_END, 'g'));
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

/** Python's split(): at runs of white space without a separator; at most `max` times (below zero: always). */
export function split(s: string, separator?: string, max = -1): string[] {
  return separator === undefined ? splitSpace(s, max) : splitAt(s, separator, max);
}

function splitSpace(s: string, max: number): string[] {
  const out: string[] = [];
  let rest = stripLeft(s);
  while (rest !== '' && (max < 0 || out.length < max)) {
    const gap = SPACES.exec(rest);
    if (!gap) break;
    out.push(rest.slice(0, gap.index));
    rest = stripLeft(rest.slice(gap.index));
  }
  const last = max < 0 || out.length < max ? stripRight(rest) : rest;
  return last === '' ? out : [...out, last];
}

function splitAt(s: string, separator: string, max: number): string[] {
  const parts = s.split(separator);
  if (max < 0 || parts.length <= max + 1) return parts;
  return [...parts.slice(0, max), parts.slice(max).join(separator)];
}

/** Replaces the first `max` occurrences (all of them below zero), as Python's str.replace() does. */
export function replaceText(s: string, old: string, fresh: string, max = -1): string {
  if (max < 0)
    return old === '' ? fresh + Array.from(s, (c) => c + fresh).join('') : s.split(old).join(fresh);
  if (old === '') return replaceEmpty(s, fresh, max);
  const parts = splitAt(s, old, max);
  return parts.join(fresh);
}

function replaceEmpty(s: string, fresh: string, max: number): string {
  const chars = Array.from(s);
  return chars.map((c, i) => (i < max ? fresh + c : c)).join('') + (chars.length < max ? fresh : '');
}
