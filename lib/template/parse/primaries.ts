import { float, int } from '../../values/number.js';
import type { Value } from '../../values/value.js';
import type { Token } from '../lex/token.js';
import { unescapeString } from '../lex/unescape.js';
import { type Expr, node } from './nodes.js';
import type { Parser } from './parser.js';

const CONSTANTS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

function integer(text: string): Value {
  const digits = text.replaceAll('_', '');
  return int(BigInt(/^0+$/.test(digits) ? '0' : digits));
}

/** How a comma-separated list of expressions is parsed: what an element is and what ends the list. */
export type TupleRule = {
  readonly element?: 'expression' | 'no-choice' | 'primary';
  readonly parenthesized?: boolean;
};

/** Literals, names, brackets. */
export const primaries = {
  parsePrimary(this: Parser): Expr {
    const token = this.peekToken();
    switch (token.type) {
      case 'symbol':
        return this.parseWord(this.nextToken());
      case 'string':
        return this.parseStrings();
      case 'int':
        return node('Literal', this.nextToken(), { value: integer(token.value) });
      case 'float':
        return node('Literal', this.nextToken(), { value: float(Number(token.value.replaceAll('_', ''))) });
      default:
        return this.parseBracket(token);
    }
  },
  parseWord(this: Parser, token: Token): Expr {
    const value = CONSTANTS.get(token.value);
    return value === undefined
      ? node('Name', token, { name: token.value })
      : node('Literal', token, { value });
  },
  /** Adjacent string literals are one. */
  parseStrings(this: Parser): Expr {
    const at = this.peekToken();
    let value = '';
    while (this.sees('string')) {
      const token = this.nextToken();
      try {
        value += unescapeString(token.value.slice(1, -1));
      } catch (error) {
        this.fail((error as Error).message, token);
      }
    }
    return node('Literal', at, { value });
  },
  parseBracket(this: Parser, token: Token): Expr {
    if (this.skipOp('(')) {
      const inner = this.parseTuple({ parenthesized: true });
      this.expect('operator', ')');
      return inner;
    }
    if (this.skipOp('[')) return this.parseList(token);
    if (this.skipOp('{')) return this.parseDict(token);
    return this.fail(`expected an expression, found ${this.describe(token)}`);
  },
  parseList(this: Parser, at: Token): Expr {
    const items: Expr[] = [];
    while (!this.seesOp(']')) {
      if (items.length > 0) this.expect('operator', ',');
      if (this.seesOp(']')) break;
      items.push(this.parseExpression());
    }
    this.expect('operator', ']');
    return node('ListOf', at, { items });
  },
  parseDict(this: Parser, at: Token): Expr {
    const pairs: [Expr, Expr][] = [];
    while (!this.seesOp('}')) {
      if (pairs.length > 0) this.expect('operator', ',');
      if (this.seesOp('}')) break;
      const key = this.parseExpression();
      this.expect('operator', ':');
      pairs.push([key, this.parseExpression()]);
    }
    this.expect('operator', '}');
    return node('DictOf', at, { pairs });
  },
  tupleEnds(this: Parser): boolean {
    return this.sees('variable-end') || this.sees('block-end') || this.seesOp(')');
  },
  /** One expression, or a tuple where commas follow. */
  parseTuple(this: Parser, rule: TupleRule = {}): Expr {
    const at = this.peekToken();
    const items: Expr[] = [];
    let isTuple = false;
    for (;;) {
      if (items.length > 0) this.expect('operator', ',');
      if (this.tupleEnds()) break;
      items.push(
        rule.element === 'primary' ? this.parsePrimary() : this.parseExpression(rule.element !== 'no-choice'),
      );
      if (!this.seesOp(',')) break;
      isTuple = true;
    }
    if (isTuple) return node('TupleOf', at, { items });
    if (items[0]) return items[0];
    if (!rule.parenthesized) this.fail(`expected an expression, found ${this.describe(this.peekToken())}`);
    return node('TupleOf', at, { items });
  },
};
