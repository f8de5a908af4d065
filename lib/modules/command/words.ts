import { FfeError } from '../../errors/error.js';
import { quote } from '../../node/quote.js';

/** Splits a command line into words as Python's `shlex.split` does: POSIX quotes and backslashes, no expansion. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < line.length) {
    const c = line[at]!;
    if (/[ \t\r\n]/.test(c)) {
      if (word !== undefined) words.push(word);
      word = undefined;
      at++;
    } else if (c === "'" || c === '"') {
      const end = closing(line, at);
      const inner = line.slice(at + 1, end);
      word = (word ?? '') + (c === "'" ? inner : inner.replace(/\\(["\\])/g, '$1'));
      at = end + 1;
    } else if (c === '\\') {
      if (at + 1 >= line.length)
        throw new FfeError('task', 'the command ends with a backslash that escapes nothing');
      word = (word ?? '') + line[at + 1];
      at += 2;
    } else {
      word = (word ?? '') + c;
      at++;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** Where the quote that opens at a place ends. */
function closing(line: string, open: number): number {
  const sign = line[open];
  for (let i = open + 1; i < line.length; i++) {
    if (line[i] === sign) return i;
    if (line[i] === '\\' && sign === '"') i++;
  }
  throw new FfeError('task', `the command has a ${sign} that is never closed`, {
    hint: 'quote the quote itself, or use the shell module for a line of shell',
  });
}

/** A text with `~` and variables as sh source: `words` to use, after `setup` has run. */
export type Expansion = { readonly setup: string; readonly word: string };

type Piece = { readonly text: string; readonly kind: 'plain' | 'home' | 'variable' };

function pieces(text: string): Piece[] {
  const home = /^~[A-Za-z0-9_.-]*(?=\/|$)/.exec(text)?.[0] ?? '';
  const rest = text.slice(home.length).split(/(\$(?:[A-Za-z_]\w*|\{[A-Za-z_]\w*\}))/);
  const found = rest.map((part, i): Piece => ({ text: part, kind: i % 2 === 1 ? 'variable' : 'plain' }));
  return [{ text: home, kind: 'home' as const }, ...found].filter((p) => p.text !== '');
}

/**
 * A text as one word of sh in which a leading `~` and variables are looked up on the node, as Python's `expanduser` and
 * `expandvars` do: what is not set stays as written. `plain` quotes the parts between.
 */
export function expandingWord(text: string, prefix = '_w', plain = quote): Expansion {
  const setup: string[] = [];
  const words = pieces(text).map((piece) => {
    if (piece.kind === 'home') return piece.text;
    if (piece.kind === 'plain') return plain(piece.text);
    const written = `${prefix}${setup.length}`;
    setup.push(`${written}=${quote(piece.text)}; `);
    return `"\${${piece.text.replace(/[${}]/g, '')}-$${written}}"`;
  });
  return { setup: setup.join(''), word: words.join('') || "''" };
}

/** A path pattern as sh source that succeeds when anything matches it, also a dangling link. */
export function anyMatch(pattern: string): string {
  const plain = (part: string) =>
    part.replace(/[^*?[\]]+|[*?[\]]/g, (run) => (/^[*?[\]]$|^[A-Za-z0-9!^-]+$/.test(run) ? run : quote(run)));
  const { setup, word } = expandingWord(pattern, '_g', plain);
  return `${setup}for _f in ${word}; do if [ -e "$_f" ] || [ -L "$_f" ]; then exit 0; fi; done; exit 1`;
}
