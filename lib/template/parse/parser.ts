import type { Token, TokenType } from '../lex/token.js';
import { SyntaxProblem } from '../lex/token.js';
import type { Tokenizer } from '../lex/tokenizer.js';
import { type At, Parser as Base } from '../nunjucks.js';
import { calls } from './calls.js';
import { expressions } from './expressions.js';
import { imports } from './imports.js';
import { macros } from './macros.js';
import { node, type Template } from './nodes.js';
import { primaries } from './primaries.js';
import { statements } from './statements.js';

type Plumbing = typeof plumbing;
type Expressions = typeof expressions;
type Primaries = typeof primaries;
type Calls = typeof calls;
type Statements = typeof statements;
type Macros = typeof macros;
type Imports = typeof imports;

/** nunjucks' parser with Jinja2's grammar: its methods are spread over the files of this folder. */
export interface Parser extends Plumbing, Expressions, Primaries, Calls, Statements, Macros, Imports {
  tokens: Tokenizer;
  index: number;
  ends: (readonly string[])[];
  depth: number;
}

const plumbing = {
  init(this: Parser, tokens: Tokenizer): void {
    this.tokens = tokens;
    this.index = 0;
    this.ends = [];
    this.depth = 0;
  },
  /** The token at hand, or the one `ahead` of it. */
  peekToken(this: Parser, ahead = 0): Token {
    return this.tokens.list[this.index + ahead] ?? this.tokens.list.at(-1)!;
  },
  nextToken(this: Parser): Token {
    const token = this.peekToken();
    if (token.type !== 'eof') this.index++;
    return token;
  },
  /** True when the token at hand is of a kind (and has a value). */
  sees(this: Parser, type: TokenType, value?: string): boolean {
    const token = this.peekToken();
    return token.type === type && (value === undefined || token.value === value);
  },
  seesOp(this: Parser, value: string): boolean {
    return this.sees('operator', value);
  },
  seesWord(this: Parser, ...words: readonly string[]): boolean {
    const token = this.peekToken();
    return token.type === 'symbol' && words.includes(token.value);
  },
  skipValue(this: Parser, type: TokenType, value: string): boolean {
    const found = this.sees(type, value);
    if (found) this.index++;
    return found;
  },
  skipOp(this: Parser, value: string): boolean {
    return this.skipValue('operator', value);
  },
  skipSymbol(this: Parser, value: string): boolean {
    return this.skipValue('symbol', value);
  },
  expect(this: Parser, type: TokenType, value?: string): Token {
    if (this.sees(type, value)) return this.nextToken();
    const wanted = value === undefined ? type.replace('-', ' ') : `'${value}'`;
    const meant = type.endsWith('-end') && this.seesOp('=') ? " (to compare, write '==')" : '';
    return this.fail(`expected ${wanted}, found ${this.describe(this.peekToken())}${meant}`);
  },
  describe(this: Parser, token: Token): string {
    if (token.type === 'eof') return 'the end of the template';
    if (token.type === 'variable-end') return `the end of the expression`;
    if (token.type === 'block-end') return 'the end of the tag';
    return token.type === 'data' ? 'text' : `'${token.value}'`;
  },
  fail(this: Parser, message: string, at: At = this.peekToken()): never {
    throw new SyntaxProblem(message, at.lineno, at.colno);
  },
  /** Guards the parser's recursion: an expression nested too deeply is a user's error, not a crash. */
  deeper<T>(this: Parser, parse: () => T): T {
    if (this.depth > 200) this.fail('the expression is nested too deeply');
    this.depth++;
    const result = parse();
    this.depth--;
    return result;
  },
};

const JinjaParser = Base.extend('JinjaParser', {
  ...plumbing,
  ...expressions,
  ...primaries,
  ...calls,
  ...statements,
  ...macros,
  ...imports,
}) as unknown as new (
  tokens: Tokenizer,
) => Parser;

/** Parses a cut source into a template's tree; throws a SyntaxProblem. */
export function parse(tokens: Tokenizer): Template {
  const parser = new JinjaParser(tokens);
  const body = parser.parseBody([]);
  return node('Template', { lineno: 0, colno: 0 }, { body });
}
