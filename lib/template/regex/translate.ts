import { characterSet } from './classes.js';
import { anchor, classEscape, escapedChar } from './escapes.js';
import { accept, type Flags, peek, refuse, type State } from './flags.js';
import { group } from './groups.js';

/** A literal character, in both cases where only a part of the pattern ignores case. */
function literal(state: State, ch: string): string {
  const other = ch === ch.toLowerCase() ? ch.toUpperCase() : ch.toLowerCase();
  if (state.flags.i && !state.foldAll && other !== ch && other.length === ch.length) return `[${ch}${other}]`;
  return /[\^$\\.*+?()[\]{}|/]/.test(ch) ? `\\${ch}` : ch;
}

function reference(state: State): string {
  let digits = '';
  while (/[0-9]/.test(peek(state)) && digits.length < 2) digits += state.source[state.at++];
  const target = state.groups[Number(digits)];
  return target === undefined ? refuse(state, `invalid group reference ${digits}`) : `(?:\\${target})`;
}

function escapeSequence(state: State): string {
  const ch = peek(state);
  const special = classEscape(ch, state.flags.a) ?? anchor(ch, state.flags.a);
  if (special !== undefined) {
    state.at++;
    return special;
  }
  const char = escapedChar(state);
  if (char !== undefined) return literal(state, char);
  return /[0-9]/.test(ch) ? reference(state) : refuse(state, `bad escape \\${ch}`);
}

function atom(state: State): string {
  const ch = peek(state);
  state.at++;
  if (ch === '(') return group(state, alternatives);
  if (ch === '[') return characterSet(state);
  if (ch === '\\') return escapeSequence(state);
  if (ch === '.') return state.flags.s ? '[\\s\\S]' : '[^\\n]';
  if (ch === '^') return state.flags.m ? '(?<![^\\n])' : '(?<![\\s\\S])';
  if (ch === '$') return state.flags.m ? '(?![^\\n])' : '(?=\\n?(?![\\s\\S]))';
  if (/[*+?]/.test(ch)) return refuse(state, 'nothing to repeat');
  return literal(state, ch);
}

function repetition(state: State): string {
  const ch = peek(state);
  if (/^[*+?]$/.test(ch)) {
    state.at++;
    return ch;
  }
  const counted = /^\{(\d*)(,?)(\d*)\}/.exec(
    ch === '{' ? state.source.slice(state.at, state.at + 24).join('') : '',
  );
  if (!counted || counted[0] === '{}') return '';
  state.at += counted[0].length;
  return `{${counted[1] || '0'}${counted[2]}${counted[3]}}`;
}

function quantified(state: State, body: string): string {
  const count = repetition(state);
  if (count === '') return body;
  if (accept(state, '?')) return `${body}${count}?`;
  if (!accept(state, '+')) return body + count;
  // A possessive repetition is an atomic group; JavaScript has it as a lookahead that is then taken as a whole.
  state.opened++;
  return `(?=(${body}${count}))\\${state.opened}`;
}

function skipVerbose(state: State): void {
  for (;;) {
    if (/^[ \t-\r]$/.test(peek(state))) state.at++;
    else if (peek(state) === '#') {
      const end = state.source.indexOf('\n', state.at);
      state.at = end < 0 ? state.source.length : end + 1;
    } else return;
  }
}

/** Translates up to a closing parenthesis or the end. */
function alternatives(state: State): string {
  let out = '';
  for (;;) {
    if (state.flags.x) skipVerbose(state);
    const ch = peek(state);
    if (ch === '' || ch === ')') return out;
    if (ch === '|') {
      state.at++;
      out += '|';
      continue;
    }
    const body = atom(state);
    if (state.flags.x) skipVerbose(state);
    out += quantified(state, body);
  }
}

/** What a Python pattern becomes: JavaScript's source (for the flag `v`), its flags, and where Python's groups are. */
export type Translation = {
  source: string;
  ignoreCase: boolean;
  groups: readonly number[];
  names: ReadonlyMap<string, number>;
};

function leadingFlags(source: string, flags: Flags): [Flags, number] {
  const match = /^\(\?([aimsxuL]+)\)/.exec(source);
  if (!match) return [flags, 0];
  const set = { ...flags };
  for (const letter of match[1]!) if (letter in set) set[letter as keyof Flags] = true;
  return [set, match[0].length];
}

/**
 * Translates a pattern of Python's `re` (3.11) to JavaScript; a PatternError for what Python refuses. `before` is the
 * number of groups that the caller puts in front of it.
 */
export function translate(pattern: string, given: Flags, before = 0): Translation {
  const [flags, at] = leadingFlags(pattern, given);
  const state: State = {
    source: Array.from(pattern),
    at,
    flags,
    foldAll: flags.i,
    groups: [0],
    names: new Map(),
    opened: before,
  };
  const source = alternatives(state);
  if (state.at < state.source.length) refuse(state, 'unbalanced parenthesis');
  return { source, ignoreCase: flags.i, groups: state.groups, names: state.names };
}
