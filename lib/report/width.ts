import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[\x20-\x7e]*$/;
const NO_WIDTH = /[\p{Mn}\p{Me}\p{Cf}\p{Cc}]/u;

/** Columns that a text takes on a terminal, character by character as the C library's wcwidth counts them. */
export function textWidth(text: string): number {
  if (ASCII.test(text)) return text.length;
  return [...text].reduce((sum, c) => sum + (NO_WIDTH.test(c) ? 0 : eastAsianWidth(c.codePointAt(0)!)), 0);
}
