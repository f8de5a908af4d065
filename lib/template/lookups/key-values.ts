import { TemplateError } from '../library.js';

/** Splits a text at white space outside of quotes; the quotes stay. */
export function splitWords(source: string): string[] {
  const words: string[] = [];
  let word = '';
  let quote = '';
  for (const ch of source) {
    if (quote === '' && /\s/.test(ch)) {
      if (word !== '') words.push(word);
      word = '';
      continue;
    }
    if (quote === '' && (ch === '"' || ch === "'")) quote = ch;
    else if (ch === quote) quote = '';
    word += ch;
  }
  if (quote !== '') throw new TemplateError(`a quote is not closed in: ${source}`);
  return word === '' ? words : [...words, word];
}

function unquote(word: string): string {
  const quote = word[0];
  return word.length > 1 && (quote === '"' || quote === "'") && word.endsWith(quote)
    ? word.slice(1, -1)
    : word;
}

/** What a term such as `path length=8 chars=digits` holds: its words without `=` as they are written, and its options. */
export type KeyValues = { words: string[]; options: Map<string, string> };

/** Reads `key=value` words of a term. */
export function keyValues(source: string): KeyValues {
  const found: KeyValues = { words: [], options: new Map() };
  for (const word of splitWords(source)) {
    const at = word.indexOf('=');
    if (at > 0) found.options.set(word.slice(0, at), unquote(word.slice(at + 1)));
    else found.words.push(word);
  }
  return found;
}
