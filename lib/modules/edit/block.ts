import { argText } from './bytes.js';
import { bytePattern } from './regex.js';

/** What block a text should hold, and where; `block` is empty to take it out. */
export type BlockWish = {
  readonly block: string;
  readonly marker: string;
  readonly marker_begin: string;
  readonly marker_end: string;
  readonly insertafter?: string;
  readonly insertbefore?: string;
  readonly append_newline: boolean;
  readonly prepend_newline: boolean;
};

function splitAnyLines(text: string): string[] {
  return text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];
}

function blockLines(wish: BlockWish): { begin: string; end: string; lines: string[] } {
  const named = (word: string) => `${argText(wish.marker).replaceAll('{mark}', argText(word))}\n`;
  const [begin, end] = [named(wish.marker_begin), named(wish.marker_end)];
  const block = argText(wish.block);
  if (block === '') return { begin, end, lines: [] };
  const ended = block.endsWith('\n') ? block : `${block}\n`;
  return { begin, end, lines: [begin, ...splitAnyLines(ended), end] };
}

/** Where a block that is not there yet goes. */
function placeFor(lines: readonly string[], text: string, wish: BlockWish): number {
  const anchor = wish.insertafter ?? wish.insertbefore;
  if (anchor === undefined || anchor === 'EOF') return lines.length;
  if (anchor === 'BOF' && wish.insertbefore !== undefined) return 0;
  const after = wish.insertafter !== undefined;
  const regex = bytePattern(anchor);
  let found = -1;
  if (/^\(\?[a-z]*m[a-z]*\)/i.test(anchor)) {
    const match = regex.search(text);
    const at = match ? match.index + (after ? match.groups[0]!.length : 0) : -1;
    if (match) found = text.slice(0, at).split('\n').length - 1;
  } else found = lines.findLastIndex((line) => regex.search(line) !== undefined);
  return found < 0 ? lines.length : after ? found + 1 : found;
}

/** The text with the block where it belongs, replacing the one between the same markers. */
export function withBlock(text: string, wish: BlockWish): string {
  const lines = splitAnyLines(text);
  const { begin, end, lines: block } = blockLines(wish);
  const [first, last] = [lines.lastIndexOf(begin), lines.lastIndexOf(end)];
  let at: number;
  if (first < 0 || last < 0) at = placeFor(lines, text, wish);
  else {
    at = Math.min(first, last);
    lines.splice(at, Math.abs(last - first) + 1);
  }
  const before = lines[at - 1];
  if (before !== undefined && !before.endsWith('\n')) lines[at - 1] = `${before}\n`;
  if (wish.prepend_newline && block.length && at > 0 && lines[at - 1] !== '\n') lines.splice(at++, 0, '\n');
  lines.splice(at, 0, ...block);
  const next = at + block.length;
  if (wish.append_newline && block.length && next < lines.length && lines[next] !== '\n')
    lines.splice(next, 0, '\n');
  return lines.join('');
}
