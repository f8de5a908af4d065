import { classEscape, escapedChar } from './escapes.js';
import { accept, peek, refuse, type State } from './flags.js';

/** A character as JavaScript takes it inside a class. */
function inClass(ch: string): string {
  return /[A-Za-z0-9_ ]/.test(ch) ? ch : `\\u{${ch.codePointAt(0)!.toString(16)}}`;
}

type Member = { char: string } | { set: string };

function member(state: State): Member {
  const ch = peek(state);
  if (ch === '') refuse(state, 'unterminated character set');
  state.at++;
  if (ch !== '\\') return { char: ch };
  const set = classEscape(peek(state), state.flags.a);
  if (set !== undefined) {
    state.at++;
    return { set };
  }
  if (accept(state, 'b')) return { char: '\b' };
  const char = escapedChar(state);
  return char === undefined ? refuse(state, `bad escape \\${peek(state)}`) : { char };
}

function otherCase(low: string, high: string): string {
  const letters = /[a-z]/.test(low) && /[a-z]/.test(high) ? 'toUpperCase' : 'toLowerCase';
  if (!/[A-Za-z]/.test(low) || !/[A-Za-z]/.test(high)) return '';
  return `${low[letters]()}-${high[letters]()}`;
}

function range(state: State, low: string, fold: boolean): string {
  state.at++;
  const high = member(state);
  if ('set' in high || high.char.codePointAt(0)! < low.codePointAt(0)!) refuse(state, 'bad character range');
  return `${inClass(low)}-${inClass(high.char)}${fold ? otherCase(low, high.char) : ''}`;
}

function both(ch: string, fold: boolean): string {
  const other = ch === ch.toLowerCase() ? ch.toUpperCase() : ch.toLowerCase();
  return fold && other !== ch && Array.from(other).length === 1 ? inClass(ch) + inClass(other) : inClass(ch);
}

/** Translates a character set; the opening bracket is already taken. */
export function characterSet(state: State): string {
  const fold = state.flags.i && !state.foldAll;
  let body = accept(state, '^') ? '^' : '';
  for (let first = true; first || peek(state) !== ']'; first = false) {
    const item = member(state);
    if ('set' in item) body += item.set;
    else if (peek(state) === '-' && peek(state, 1) !== ']' && peek(state, 1) !== '')
      body += range(state, item.char, fold);
    else body += both(item.char, fold);
  }
  state.at++;
  return `[${body}]`;
}
