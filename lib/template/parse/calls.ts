import { int } from '../../values/number.js';
import { type Args, type Call, type Expr, node } from './nodes.js';
import type { Parser } from './parser.js';

const NO_ARGS: Args = { list: [], named: [], rest: undefined, more: undefined };
const NOT_AN_ARGUMENT = ['else', 'or', 'and'];

/** Everything that follows an operand: attributes, items, slices, calls, filters, tests. */
export const calls = {
  parsePostfix(this: Parser, operand: Expr): Expr {
    let target = operand;
    for (;;) {
      if (this.seesOp('.')) target = this.parseAttr(target);
      else if (this.seesOp('[')) target = this.parseItem(target);
      else if (this.seesOp('(')) target = this.parseCall(target);
      else return target;
    }
  },
  parseAttr(this: Parser, target: Expr): Expr {
    this.nextToken();
    const token = this.nextToken();
    if (token.type === 'symbol') return node('Attr', token, { target, name: token.value });
    if (token.type !== 'int') this.fail(`expected a name or a number after '.'`, token);
    const key = node('Literal', token, { value: int(BigInt(token.value.replaceAll('_', ''))) });
    return node('Item', token, { target, key });
  },
  parseItem(this: Parser, target: Expr): Expr {
    const at = this.nextToken();
    const keys: Expr[] = [];
    while (!this.seesOp(']')) {
      if (keys.length > 0) this.expect('operator', ',');
      keys.push(this.parseKey());
    }
    this.expect('operator', ']');
    const key = keys.length === 1 ? keys[0]! : node('TupleOf', at, { items: keys });
    return node('Item', key, { target, key });
  },
  parseKey(this: Parser): Expr {
    const at = this.peekToken();
    const from = this.seesOp(':') ? undefined : this.parseExpression();
    if (from && !this.seesOp(':')) return from;
    this.nextToken();
    const to = this.parseSlicePart();
    const step = this.skipOp(':') ? this.parseSlicePart() : undefined;
    return node('SliceOf', at, { from, to, step });
  },
  parseSlicePart(this: Parser): Expr | undefined {
    return this.seesOp(':') || this.seesOp(']') || this.seesOp(',') ? undefined : this.parseExpression();
  },
  parseCall(this: Parser, callee: Expr): Call {
    const at = callee.typename === 'Attr' || callee.typename === 'Name' ? callee : this.peekToken();
    return node('Call', at, { callee, args: this.parseArgs() });
  },
  parseArgs(this: Parser): Args {
    const open = this.expect('operator', '(');
    const list: Expr[] = [];
    const named: { name: string; value: Expr }[] = [];
    let rest: Expr | undefined;
    let more: Expr | undefined;
    const refuse = (wrong: boolean): void => {
      if (wrong) this.fail('these arguments are in the wrong order', open);
    };
    for (let first = true; !this.seesOp(')'); first = false) {
      if (!first) this.expect('operator', ',');
      if (this.seesOp(')')) break;
      if (this.seesOp('*')) {
        refuse(rest !== undefined || more !== undefined);
        this.nextToken();
        rest = this.parseExpression();
      } else if (this.seesOp('**')) {
        refuse(more !== undefined);
        this.nextToken();
        more = this.parseExpression();
      } else if (
        this.sees('symbol') &&
        this.peekToken(1).value === '=' &&
        this.peekToken(1).type === 'operator'
      ) {
        refuse(more !== undefined);
        const name = this.nextToken().value;
        this.nextToken();
        named.push({ name, value: this.parseExpression() });
      } else {
        refuse(rest !== undefined || more !== undefined || named.length > 0);
        list.push(this.parseExpression());
      }
    }
    this.expect('operator', ')');
    return { list, named, rest, more };
  },
  /** Filters, tests and calls behind an operand. */
  parseFilters(this: Parser, operand: Expr): Expr {
    let input = operand;
    for (;;) {
      if (this.skipOp('|')) input = this.parseFilter(input);
      else if (this.seesWord('is')) input = this.parseTest(input);
      else if (this.seesOp('(')) input = this.parseCall(input);
      else return input;
    }
  },
  /** The name of a filter or test, which may have dots. */
  parseDotted(this: Parser): { name: string; lineno: number; colno: number } {
    const token = this.expect('symbol');
    let name = token.value;
    while (this.skipOp('.')) name += `.${this.expect('symbol').value}`;
    return { name, lineno: token.lineno, colno: token.colno };
  },
  parseFilter(this: Parser, input: Expr | undefined): Expr {
    const at = this.parseDotted();
    const args = this.seesOp('(') ? this.parseArgs() : NO_ARGS;
    return node('FilterOf', at, { input, name: at.name, args });
  },
  parseTest(this: Parser, input: Expr): Expr {
    this.nextToken();
    const negated = this.skipSymbol('not');
    const at = this.parseDotted();
    const args = this.seesOp('(') ? this.parseArgs() : this.parseTestArgument();
    const test = node('TestOf', at, { input, name: at.name, args });
    return negated ? node('Negation', at, { operand: test }) : test;
  },
  /** A test's only argument may stand without parentheses. */
  parseTestArgument(this: Parser): Args {
    const token = this.peekToken();
    const starts =
      ['symbol', 'string', 'int', 'float'].includes(token.type) || this.seesOp('[') || this.seesOp('{');
    if (!starts || this.seesWord(...NOT_AN_ARGUMENT)) return NO_ARGS;
    if (this.seesWord('is')) this.fail('tests cannot be chained with is');
    return { ...NO_ARGS, list: [this.parsePostfix(this.parsePrimary())] };
  },
};
