import { type ErrorCode, FfeError } from '../../errors/error.js';

/** Kinds of tokens; those that nunjucks has too carry its names. */
export type TokenType =
  | 'data'
  | 'block-start'
  | 'block-end'
  | 'variable-start'
  | 'variable-end'
  | 'string'
  | 'int'
  | 'float'
  | 'symbol'
  | 'operator'
  | 'eof';

/** One token; line and column count from 0. `start` and `end` are offsets in the (newline-normalized) source. */
export type Token = {
  readonly type: TokenType;
  readonly value: string;
  readonly lineno: number;
  readonly colno: number;
  readonly start: number;
  readonly end: number;
};

/** A syntax error in a template; the driver turns its place inside the template into a place in a file. */
export class SyntaxProblem extends FfeError {
  constructor(
    message: string,
    /** Line and column in the template, from 0. */
    readonly lineno: number,
    readonly colno: number,
    code: ErrorCode = 'parse',
  ) {
    super(code, message);
  }
}
