import { TemplateError } from '../library.js';
import type { Match, Pattern } from './pattern.js';

type Part = string | number;

const CONTROL: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
};
const PIECE = /[^\\]+|\\g<([^>]*)>|\\(0[0-7]{0,2}|[1-3][0-7]{2}|[0-9]{1,2})|\\([\s\S])|\\$/gu;

function groupNumber(name: string, pattern: Pattern): number {
  const number = /^\d+$/.test(name) ? Number(name) : pattern.names.get(name);
  if (number === undefined || number > pattern.count)
    throw new TemplateError(`the replacement names the group '${name}', which the pattern does not have`);
  return number;
}

function escaped(letter: string): string {
  const control = CONTROL[letter];
  if (control !== undefined) return control;
  if (/[A-Za-z]/.test(letter)) throw new TemplateError(`bad escape \\${letter} in the replacement`);
  return `\\${letter}`;
}

function parse(template: string, pattern: Pattern): Part[] {
  const parts: Part[] = [];
  for (const [text, name, digits, letter] of template.matchAll(PIECE)) {
    if (name !== undefined) parts.push(groupNumber(name, pattern));
    else if (digits !== undefined && (digits.startsWith('0') || digits.length === 3))
      parts.push(String.fromCharCode(Number.parseInt(digits, 8)));
    else if (digits !== undefined) parts.push(groupNumber(digits, pattern));
    else if (letter !== undefined) parts.push(escaped(letter));
    else if (text === '\\') throw new TemplateError('the replacement ends in a backslash');
    else parts.push(text);
  }
  return parts;
}

const fill = (parts: readonly Part[], match: Match): string =>
  parts.map((part) => (typeof part === 'number' ? (match.groups[part] ?? '') : part)).join('');

/** Python's re.sub(): every match replaced by a template with `\1`, `\g<name>` and escapes. */
export function substitute(pattern: Pattern, template: string, text: string): string {
  const parts = parse(template, pattern);
  let out = '';
  let end = 0;
  for (const match of pattern.all(text)) {
    out += text.slice(end, match.index) + fill(parts, match);
    end = match.index + match.groups[0]!.length;
  }
  return out + text.slice(end);
}
