import { accept, peek, refuse, type State, until } from './flags.js';

const CONTROL: Record<string, string> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };
const DIGITS: Record<string, number> = { x: 2, u: 4, U: 8 };

function hex(state: State, count: number): string {
  const digits = state.source.slice(state.at, state.at + count).join('');
  if (digits.length !== count || !/^[0-9a-f]+$/i.test(digits)) refuse(state, 'incomplete escape');
  state.at += count;
  return String.fromCodePoint(Number.parseInt(digits, 16));
}

function octal(state: State): string | undefined {
  const digits = /^(?:0[0-7]{0,2}|[1-3][0-7]{2})/.exec(state.source.slice(state.at, state.at + 3).join(''));
  if (!digits) return undefined;
  state.at += digits[0].length;
  return String.fromCharCode(Number.parseInt(digits[0], 8));
}

/** The character that an escape stands for (the backslash is already taken); undefined for a class or reference. */
export function escapedChar(state: State): string | undefined {
  const ch = peek(state);
  if (/[0-9]/.test(ch)) return octal(state);
  if (ch in CONTROL || ch in DIGITS) {
    state.at++;
    return CONTROL[ch] ?? hex(state, DIGITS[ch]!);
  }
  if (accept(state, 'N{')) return refuse(state, `the character name ${until(state, '}')} is not known here`);
  if (/[A-Za-z]/.test(ch)) return undefined;
  if (ch === '') return refuse(state, 'bad escape at the end');
  state.at++;
  return ch;
}

const SPACE = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const UNICODE: Record<string, string> = { d: '\\p{Nd}', s: SPACE, w: '\\p{L}\\p{N}_' };
const ASCII: Record<string, string> = { d: '0-9', s: ' \\t-\\r', w: 'a-zA-Z0-9_' };

/** The JavaScript class of `\d`, `\s`, `\w` or their opposites, or undefined for another letter. */
export function classEscape(letter: string, ascii: boolean): string | undefined {
  const lower = letter.toLowerCase();
  const body = (ascii ? ASCII : UNICODE)[lower];
  return body === undefined ? undefined : `[${letter === lower ? '' : '^'}${body}]`;
}

const WORD = (ascii: boolean): string => `[${(ascii ? ASCII : UNICODE).w}]`;

/** The JavaScript form of an escape that matches a place: `\A`, `\Z`, `\b`, `\B`. */
export function anchor(letter: string, ascii: boolean): string | undefined {
  const w = WORD(ascii);
  if (letter === 'A') return '(?<![\\s\\S])';
  if (letter === 'Z') return '(?![\\s\\S])';
  if (letter === 'b') return `(?:(?<=${w})(?!${w})|(?<!${w})(?=${w}))`;
  return letter === 'B' ? `(?:(?<=${w})(?=${w})|(?<!${w})(?!${w}))` : undefined;
}
