import { FfeError } from '../errors/error.js';

/** Splits a command line into words as a POSIX shell reads them, without expansions; code 'bad-value' when a quote is left open. */
export function splitWords(line: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  const piece = /\s+|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])|([^\s'"\\]+)|[\s\S]/gy;
  for (const [whole, single, double, escaped, plain] of line.matchAll(piece)) {
    const text = single ?? double?.replace(/\\(["\\$`])/g, '$1') ?? escaped ?? plain;
    if (text !== undefined) word = (word ?? '') + text;
    else if (/^\s/.test(whole)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else throw new FfeError('bad-value', `a quote is not closed in: ${line}`);
  }
  return word === undefined ? words : [...words, word];
}
