import { tokenizerPrototype } from '../nunjucks.js';
import { type Brackets, codeToken } from './code.js';
import { type Kind, type Patterns, patternsOf, type Syntax } from './syntax.js';
import { SyntaxProblem, type Token, type TokenType } from './token.js';

/** A cut source: what nunjucks' parser takes tokens from. */
export type Tokenizer = {
  readonly list: readonly Token[];
  readonly source: string;
  nextToken(): Token | null;
};

type State = {
  readonly source: string;
  readonly syntax: Syntax;
  readonly patterns: Patterns;
  readonly tokens: Token[];
  readonly open: Brackets;
  pos: number;
  line: number;
  lineStart: number;
  scanned: number;
  lineStarting: boolean;
};

function place(state: State, offset: number): { lineno: number; colno: number } {
  for (;;) {
    const next = state.source.indexOf('\n', state.scanned);
    if (next === -1 || next >= offset) break;
    state.line++;
    state.lineStart = next + 1;
    state.scanned = next + 1;
  }
  return { lineno: state.line, colno: offset - state.lineStart };
}

function add(state: State, type: TokenType, value: string, start: number, end: number): void {
  state.tokens.push({ type, value, ...place(state, start), start, end });
}

function stripped(state: State, text: string, sign: string, isVariable: boolean): string {
  if (sign === '-') return text.trimEnd();
  if (sign === '+' || !state.syntax.lstripBlocks || isVariable) return text;
  const line = text.lastIndexOf('\n') + 1;
  if (line === 0 && !state.lineStarting) return text;
  return /^\s+$/.test(text.slice(line)) ? text.slice(0, line) : text;
}

function data(state: State, text: string, start: number): void {
  if (text === '') return;
  const { newlineSequence } = state.syntax;
  const value = newlineSequence === '\n' ? text : text.replaceAll('\n', newlineSequence);
  add(state, 'data', value, start, start + text.length);
}

function moveTo(state: State, end: number): void {
  state.lineStarting = state.source[end - 1] === '\n';
  state.pos = end;
}

function comment(state: State, start: number): void {
  const pattern = state.patterns.comment;
  pattern.lastIndex = state.pos;
  if (!pattern.exec(state.source)) {
    const at = place(state, start);
    throw new SyntaxProblem('a comment has no end', at.lineno, at.colno);
  }
  moveTo(state, pattern.lastIndex);
}

function raw(state: State, start: number): void {
  const pattern = state.patterns.raw;
  pattern.lastIndex = state.pos;
  const match = pattern.exec(state.source);
  if (!match) {
    const at = place(state, start);
    throw new SyntaxProblem('a raw block has no endraw', at.lineno, at.colno);
  }
  const text = state.source.slice(state.pos, match.index);
  data(state, stripped(state, text, match.groups?.sign ?? '', false), state.pos);
  moveTo(state, pattern.lastIndex);
}

const LINE_END = /\s*(?:\n|$)/y;

function closingOf(state: State, kind: Kind): RegExp {
  if (kind === 'line') return LINE_END;
  return kind === 'variable' ? state.patterns.variableEnd : state.patterns.blockEnd;
}

function code(state: State, kind: Kind): void {
  const closing = closingOf(state, kind);
  const end = kind === 'variable' ? 'variable-end' : 'block-end';
  while (state.pos < state.source.length) {
    closing.lastIndex = state.pos;
    if (state.open.length === 0 && closing.test(state.source)) {
      add(state, end, kind, state.pos, closing.lastIndex);
      moveTo(state, closing.lastIndex);
      return;
    }
    const next = codeToken(state.source, state.pos, state.open, (offset) => place(state, offset));
    if (next.token) state.tokens.push(next.token);
    state.pos = next.end;
  }
  if (kind === 'line') add(state, end, kind, state.pos, state.pos);
}

function lineEnd(state: State): number {
  const at = state.source.indexOf('\n', state.pos);
  return at === -1 ? state.source.length : at;
}

function text(state: State): void {
  const { root, order } = state.patterns;
  root.lastIndex = state.pos;
  const match = root.exec(state.source);
  if (!match) {
    data(state, state.source.slice(state.pos), state.pos);
    state.pos = state.source.length;
    return;
  }
  const isRaw = match.groups?.raw !== undefined;
  const kind = isRaw ? 'raw' : order[order.findIndex((_, i) => match[i + 3] !== undefined)]!;
  const sign = (isRaw ? match[2] : match.groups?.sign) ?? '';
  const before = state.source.slice(state.pos, match.index);
  data(state, stripped(state, before, sign, kind === 'variable'), state.pos);
  moveTo(state, root.lastIndex);
  if (kind === 'lineComment') moveTo(state, lineEnd(state));
  else if (kind === 'comment') comment(state, match.index);
  else if (kind === 'raw') raw(state, match.index);
  else {
    add(state, kind === 'variable' ? 'variable-start' : 'block-start', kind, match.index, state.pos);
    code(state, kind);
  }
}

/** The source as templates are cut: newlines normalized, one trailing newline dropped unless it is to be kept. */
export function normalize(source: string, syntax: Syntax): string {
  const lines = source.includes('\r') ? source.replace(/\r\n?/g, '\n') : source;
  return !syntax.keepTrailingNewline && lines.endsWith('\n') ? lines.slice(0, -1) : lines;
}

/** Cuts a source into tokens as Jinja2 does; throws a SyntaxProblem. The result delegates to nunjucks' tokenizer. */
export function tokenize(source: string, syntax: Syntax): Tokenizer {
  const state: State = {
    source: normalize(source, syntax),
    syntax,
    patterns: patternsOf(syntax),
    tokens: [],
    open: [],
    pos: 0,
    line: 0,
    lineStart: 0,
    scanned: 0,
    lineStarting: true,
  };
  while (state.pos < state.source.length) text(state);
  add(state, 'eof', '', state.source.length, state.source.length);
  const rest = state.tokens.values();
  return Object.assign(Object.create(tokenizerPrototype), {
    list: state.tokens,
    source: state.source,
    nextToken: () => rest.next().value ?? null,
  }) as Tokenizer;
}
