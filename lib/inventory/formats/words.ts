/** A word of a line and the column (from 1) where it begins. */
export type Word = { readonly text: string; readonly col: number };

function escaped(line: string, at: number, quote: string): boolean {
  return line[at] === '\\' && at + 1 < line.length && (quote === '' || /["\\]/.test(line[at + 1]!));
}

/**
 * Splits a line into words as Python's shlex does with comments: quotes group and disappear, a backslash escapes
 * (not within single quotes), `#` ends the line. `undefined` when a quote is not closed.
 */
export function splitWords(line: string): Word[] | undefined {
  const words: Word[] = [];
  let word: { text: string; col: number } | undefined;
  let quote = '';
  for (let i = 0; i < line.length; i++) {
    const ch = line[i]!;
    if (quote === '' && /\s/.test(ch)) {
      if (word) words.push(word);
      word = undefined;
      continue;
    }
    if (quote === '' && ch === '#') break;
    word ??= { text: '', col: i + 1 };
    if (quote !== "'" && escaped(line, i, quote)) word.text += line[++i];
    else if (quote === '' && (ch === '"' || ch === "'")) quote = ch;
    else if (ch === quote) quote = '';
    else word.text += ch;
  }
  if (quote !== '') return undefined;
  return word ? [...words, word] : words;
}
