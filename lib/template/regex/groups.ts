import { accept, type Flags, peek, refuse, type State, until } from './flags.js';

type Body = (state: State) => string;

function close(state: State, open: string, inner: string): string {
  if (!accept(state, ')')) refuse(state, 'missing ), unterminated subpattern');
  return `${open}${inner})`;
}

function capture(state: State, body: Body, name?: string): string {
  state.opened++;
  if (name !== undefined) {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) refuse(state, `bad character in group name '${name}'`);
    if (state.names.has(name)) refuse(state, `redefinition of group name '${name}'`);
    state.names.set(name, state.groups.length);
  }
  state.groups.push(state.opened);
  return close(state, '(', scoped(state, state.flags, body));
}

function scoped(state: State, flags: Flags, body: Body): string {
  const outer = state.flags;
  state.flags = flags;
  const inner = body(state);
  state.flags = outer;
  return inner;
}

function named(state: State, body: Body): string {
  if (accept(state, '<')) return capture(state, body, until(state, '>'));
  if (!accept(state, '=')) return refuse(state, `unknown extension ?P${peek(state)}`);
  const name = until(state, ')');
  const number = state.names.get(name);
  return number === undefined
    ? refuse(state, `unknown group name '${name}'`)
    : `(?:\\${state.groups[number]})`;
}

function withFlags(state: State, body: Body): string {
  const text = until(state, ':');
  const match = /^([aimsxuL]*)(?:-([imsx]+))?$/.exec(text);
  if (!match) return refuse(state, 'unknown extension');
  const flags = { ...state.flags };
  for (const letter of match[1]!) if (letter in flags) flags[letter as keyof Flags] = true;
  for (const letter of match[2] ?? '') flags[letter as keyof Flags] = false;
  if (state.foldAll && !flags.i) refuse(state, 'case cannot be told apart in a part of the pattern here');
  return close(state, '(?:', scoped(state, flags, body));
}

function comment(state: State): string {
  until(state, ')');
  return '';
}

function atomic(state: State, body: Body): string {
  state.opened++;
  const number = state.opened;
  return `${close(state, '(?=(', scoped(state, state.flags, body))})\\${number}`;
}

const PLAIN = ['?:', '?=', '?!', '?<=', '?<!'];

/** Translates a group; the opening parenthesis is already taken. */
export function group(state: State, body: Body): string {
  const plain = PLAIN.find((mark) => accept(state, mark));
  if (plain !== undefined) return close(state, `(${plain}`, scoped(state, state.flags, body));
  if (accept(state, '?P')) return named(state, body);
  if (accept(state, '?#')) return comment(state);
  if (accept(state, '?>')) return atomic(state, body);
  if (accept(state, '?(')) return refuse(state, 'conditional groups are not supported');
  if (accept(state, '?')) return withFlags(state, body);
  return capture(state, body);
}
