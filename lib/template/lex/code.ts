import { SyntaxProblem, type Token, type TokenType } from './token.js';

// The order matters: a float is tried before an integer, `//` before `/`.
const CODE =
  /(?<space>\s+)|(?<float>(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?[eE][+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+))|(?<int>0[bB](?:_?[01])+|0[oO](?:_?[0-7])+|0[xX](?:_?[\da-fA-F])+|[1-9](?:_?\d)*|0(?:_?0)*)|(?<symbol>[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Mn}\p{Mc}\p{Nd}\p{Pc}]*)|(?<string>'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*")|(?<operator>\/\/|\*\*|==|!=|>=|<=|[-+/*%~[\](){}>=<.:|,;])/uy;

const CLOSER: Record<string, string> = { '{': '}', '(': ')', '[': ']' };

/** Keeps count of open brackets: inside them an end tag is only an operator (`{{ {'a': {}} }}`). */
export type Brackets = string[];

function balance(value: string, open: Brackets, at: Token): void {
  const closer = CLOSER[value];
  if (closer) open.push(closer);
  if (value !== '}' && value !== ')' && value !== ']') return;
  const expected = open.pop();
  if (expected === undefined) throw new SyntaxProblem(`unexpected '${value}'`, at.lineno, at.colno);
  if (expected !== value)
    throw new SyntaxProblem(`unexpected '${value}', expected '${expected}'`, at.lineno, at.colno);
}

/** The next token of code at an offset, or undefined for whitespace; `end` of the result says where to go on. */
export function codeToken(
  source: string,
  start: number,
  open: Brackets,
  place: (offset: number) => { lineno: number; colno: number },
): { token: Token | undefined; end: number } {
  CODE.lastIndex = start;
  const match = CODE.exec(source);
  const at = place(start);
  if (!match?.groups) {
    const char = String.fromCodePoint(source.codePointAt(start)!);
    const what =
      char === "'" || char === '"'
        ? `a string that starts with ${char} has no end`
        : `unexpected character '${char}'`;
    throw new SyntaxProblem(what, at.lineno, at.colno);
  }
  const end = CODE.lastIndex;
  const kind = Object.keys(match.groups).find((k) => match.groups?.[k] !== undefined);
  if (kind === 'space') return { token: undefined, end };
  const token: Token = { type: kind as TokenType, value: match[0], ...at, start, end };
  if (kind === 'operator') balance(match[0], open, token);
  return { token, end };
}
