import { type BinaryOp, type CompareOp, type Expr, node } from './nodes.js';
import type { Parser } from './parser.js';

const COMPARE: readonly string[] = ['==', '!=', '<', '<=', '>', '>='];

/** Parses one level of left-associative operators. */
function chain(parser: Parser, ops: readonly BinaryOp[], operand: () => Expr): Expr {
  let left = operand();
  for (;;) {
    const token = parser.peekToken();
    const op = ops.find((o) => parser.seesOp(o));
    if (!op) return left;
    parser.nextToken();
    left = node('Binary', token, { op, left, right: operand() });
  }
}

/** Jinja2's operators by precedence, weakest first. */
export const expressions = {
  /** An expression; without inline if where a statement's own `if` may follow. */
  parseExpression(this: Parser, withChoice = true): Expr {
    return this.deeper(() => (withChoice ? this.parseChoice() : this.parseOr()));
  },
  parseChoice(this: Parser): Expr {
    let body = this.parseOr();
    while (this.seesWord('if')) {
      const at = this.nextToken();
      const cond = this.parseOr();
      const otherwise = this.skipSymbol('else') ? this.parseChoice() : undefined;
      body = node('Choice', at, { cond, body, otherwise });
    }
    return body;
  },
  parseOr(this: Parser): Expr {
    let left = this.parseAnd();
    while (this.seesWord('or')) {
      const at = this.nextToken();
      left = node('Logic', at, { op: 'or', left, right: this.parseAnd() });
    }
    return left;
  },
  parseAnd(this: Parser): Expr {
    let left = this.parseNot();
    while (this.seesWord('and')) {
      const at = this.nextToken();
      left = node('Logic', at, { op: 'and', left, right: this.parseNot() });
    }
    return left;
  },
  parseNot(this: Parser): Expr {
    if (!this.seesWord('not')) return this.parseCompare();
    const at = this.nextToken();
    return node('Negation', at, { operand: this.deeper(() => this.parseNot()) });
  },
  parseCompare(this: Parser): Expr {
    const at = this.peekToken();
    const first = this.parseSum();
    const rest: { op: CompareOp; operand: Expr }[] = [];
    for (;;) {
      const op = this.compareOp();
      if (!op) break;
      rest.push({ op, operand: this.parseSum() });
    }
    return rest.length > 0 ? node('Comparison', at, { first, rest }) : first;
  },
  compareOp(this: Parser): CompareOp | undefined {
    const token = this.peekToken();
    if (token.type === 'operator' && COMPARE.includes(token.value))
      return this.nextToken().value as CompareOp;
    if (this.skipSymbol('in')) return 'in';
    const next = this.peekToken(1);
    if (!this.seesWord('not') || next.type !== 'symbol' || next.value !== 'in') return undefined;
    this.index += 2;
    return 'not in';
  },
  parseSum(this: Parser): Expr {
    return chain(this, ['+', '-'], () => this.parseJoin());
  },
  parseJoin(this: Parser): Expr {
    const at = this.peekToken();
    const first = this.parseProduct();
    if (!this.seesOp('~')) return first;
    const parts = [first];
    while (this.skipOp('~')) parts.push(this.parseProduct());
    return node('Join', at, { parts });
  },
  parseProduct(this: Parser): Expr {
    return chain(this, ['*', '/', '//', '%'], () => this.parsePower());
  },
  parsePower(this: Parser): Expr {
    return chain(this, ['**'], () => this.parseUnary(true));
  },
  /** A signed operand; filters and tests bind looser than the sign. */
  parseUnary(this: Parser, withFilters: boolean): Expr {
    const at = this.peekToken();
    const op = (['-', '+'] as const).find((sign) => this.skipOp(sign));
    const operand = op
      ? node('Unary', at, { op, operand: this.deeper(() => this.parseUnary(false)) })
      : this.parsePostfix(this.parsePrimary());
    return withFilters ? this.parseFilters(this.parsePostfix(operand)) : operand;
  },
};
