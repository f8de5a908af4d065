import { decodeBytes } from '../../node/bytes.js';
import { type ReadAnswer, type ReadQuery, readScript } from '../../node/queries/query.js';
import { quote, quoteAll } from '../../node/quote.js';

/** A group or a class to its end, or one character; what may be repeated stands alone. */
const PIECE = /\\[\s\S]|\[\^?\]?(?:\\[\s\S]|[^\]\\])*\]|[\s\S]/g;
/** Letters and digits behind a backslash mean something; other characters stand for themselves. */
const ESCAPED = /^\\[^A-Za-z0-9]$/;
const SPECIAL = new Set(['.', '^', '$', '*', '+', '?', '{', '}', '[', '(', ')', '|']);

function characterOf(piece: string): string | undefined {
  if (ESCAPED.test(piece)) return piece[1] === '\n' ? undefined : piece[1];
  return piece.length === 1 && !SPECIAL.has(piece) && piece !== '\n' ? piece : undefined;
}

/**
 * The longest text that every match of a regular expression contains, as far as that is easy to see; '' when it is not.
 * It never holds a newline.
 */
export function literalOf(pattern: string): string {
  // What groups, flags and alternatives mean would need more than this: none of them, nothing is known.
  if (/\(\?|\|/.test(pattern)) return '';
  const runs = [''];
  let depth = 0;
  for (const piece of pattern.match(PIECE) ?? []) {
    const character = characterOf(piece);
    const last = runs.length - 1;
    if (piece === '(') depth++;
    if (piece === ')') depth--;
    if (piece === '*' || piece === '?' || piece === '{') runs[last] = runs[last]!.slice(0, -1);
    if (character !== undefined && depth === 0) runs[last] += character;
    else runs.push('');
    // The counts of `a{2,3}` are no text; none of what follows is looked at.
    if (piece === '{') break;
  }
  return runs.reduce((best, run) => (run.length > best.length ? run : best), '');
}

/**
 * Asks for the files among these that hold a text, with their content. The node's own grep chooses, so that what cannot
 * match is neither sent nor kept.
 */
export function searchFor(paths: readonly string[], text: string): ReadQuery {
  const print = `for f; do printf '%s\\0' "$f"; base64 -w0 < "$f"; printf '\\0'; done 2>/dev/null`;
  const choose = text === '' ? 'cat' : `LC_ALL=C xargs -0 grep -lZasF -e ${quote(text)} --`;
  if (paths.length === 0) return readScript(':');
  return readScript(
    `printf '%s\\0' ${quoteAll(paths)} | ${choose} | xargs -0 -r sh -c ${quote(print)} sh; true`,
  );
}

/** The contents by path that an answer to `searchFor` holds. */
export function textsOf(answer: ReadAnswer): Map<string, string> {
  const pieces = answer.stdout.toString('latin1').split('\0');
  const texts = new Map<string, string>();
  for (let i = 0; i + 1 < pieces.length; i += 2) {
    const path = decodeBytes(Buffer.from(pieces[i]!, 'latin1'));
    texts.set(path, Buffer.from(pieces[i + 1]!, 'base64').toString('utf8'));
  }
  return texts;
}
