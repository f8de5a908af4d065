import { didYouMean } from '../../errors/suggest.js';
import { type Expr, node, type Stmt, type Target } from './nodes.js';
import type { Parser } from './parser.js';

const TAGS: Readonly<Record<string, (parser: Parser) => Stmt>> = {
  if: (p) => p.parseIf(),
  for: (p) => p.parseFor(),
  set: (p) => p.parseSet(),
  with: (p) => p.parseWith(),
  print: (p) => p.parsePrint(),
  filter: (p) => p.parseFilterBlock(),
  autoescape: (p) => p.parseEscapeBlock(),
  macro: (p) => p.parseMacro(),
  call: (p) => p.parseCallBlock(),
  block: (p) => p.parseBlock(),
  extends: (p) => p.parseExtends(),
  include: (p) => p.parseInclude(),
  import: (p) => p.parseImport(),
  from: (p) => p.parseFromImport(),
};

const CONSTANTS = ['true', 'false', 'none', 'True', 'False', 'None'];

/** Text, output and the plain statements. */
export const statements = {
  /** Statements up to one of the given end tags, which stays at hand; none given: up to the template's end. */
  parseBody(this: Parser, ends: readonly string[]): Stmt[] {
    const body: Stmt[] = [];
    this.ends.push(ends);
    for (;;) {
      const token = this.peekToken();
      if (token.type === 'eof') {
        if (ends.length > 0) this.fail(`expected ${ends.join(' or ')}, found the end of the template`);
        break;
      }
      this.nextToken();
      if (token.type === 'data') body.push(node('Text', token, { text: token.value }));
      else if (token.type === 'variable-start') body.push(this.parseOutput());
      else if (this.seesWord(...ends)) break;
      else {
        body.push(this.deeper(() => this.parseTag()));
        this.expect('block-end');
      }
    }
    this.ends.pop();
    return body;
  },
  parseOutput(this: Parser): Stmt {
    const value = this.parseTuple();
    this.expect('variable-end');
    return node('Print', value, { value });
  },
  parseTag(this: Parser): Stmt {
    const token = this.peekToken();
    if (token.type !== 'symbol') this.fail(`expected a tag's name, found ${this.describe(token)}`);
    const parse = Object.hasOwn(TAGS, token.value) ? TAGS[token.value] : undefined;
    if (!parse) return this.failTag(token.value);
    this.nextToken();
    return parse(this);
  },
  failTag(this: Parser, name: string): never {
    const open = this.ends.at(-1) ?? [];
    const looking = open.length > 0 ? `; ${open.join(' or ')} is expected here` : '';
    return this.fail(`unknown tag '${name}'${didYouMean(name, [...Object.keys(TAGS), ...open])}${looking}`);
  },
  /** The body of a block tag: the rest of its tag must be empty, and the end tag is consumed. */
  parseBlockBody(this: Parser, end: string): Stmt[] {
    const body = this.parseBranch([end]);
    this.nextToken();
    return body;
  },
  /** Like parseBlockBody, for one of several end tags, which stays at hand. */
  parseBranch(this: Parser, ends: readonly string[]): Stmt[] {
    this.skipOp(':');
    this.expect('block-end');
    return this.parseBody(ends);
  },
  parseIf(this: Parser): Stmt {
    const at = this.peekToken();
    const branches: { cond: Expr; body: Stmt[] }[] = [];
    for (;;) {
      const cond = this.parseTuple({ element: 'no-choice' });
      branches.push({ cond, body: this.parseBranch(['elif', 'else', 'endif']) });
      const tag = this.nextToken().value;
      if (tag === 'elif') continue;
      const otherwise = tag === 'else' ? this.parseBlockBody('endif') : [];
      return node('IfElse', at, { branches, otherwise });
    }
  },
  parseFor(this: Parser): Stmt {
    const at = this.peekToken();
    const target = this.parseTarget();
    this.expect('symbol', 'in');
    const items = this.parseTuple({ element: 'no-choice' });
    const test = this.skipSymbol('if') ? this.parseExpression() : undefined;
    const recursive = this.skipSymbol('recursive');
    const body = this.parseBranch(['endfor', 'else']);
    const otherwise = this.nextToken().value === 'else' ? this.parseBlockBody('endfor') : [];
    return node('ForLoop', at, { target, items, test, recursive, body, otherwise });
  },
  /** Something to assign to; `namespaced` also allows `ns.name`. */
  parseTarget(this: Parser, namespaced = false): Target {
    const next = this.peekToken(1);
    if (namespaced && next.type === 'operator' && next.value === '.') {
      const name = this.expect('symbol');
      this.nextToken();
      return node('AttrTarget', name, { name: name.value, attr: this.expect('symbol').value });
    }
    return this.asTarget(this.parseTuple({ element: 'primary' }));
  },
  parseNameTarget(this: Parser): string {
    const token = this.expect('symbol');
    if (CONSTANTS.includes(token.value)) this.fail(`cannot assign to ${token.value}`, token);
    return token.value;
  },
  asTarget(this: Parser, expr: Expr): Target {
    if (expr.typename === 'Name') return node('NameTarget', expr, { name: expr.name });
    if (expr.typename !== 'TupleOf') return this.fail('this cannot be assigned to', expr);
    return node('TupleTarget', expr, { items: expr.items.map((item) => this.asTarget(item)) });
  },
  parseSet(this: Parser): Stmt {
    const at = this.peekToken();
    const target = this.parseTarget(true);
    if (this.skipOp('=')) return node('Assign', at, { target, value: this.parseTuple() });
    const filter = this.parseFilterChain();
    return node('AssignBlock', at, { target, filter, body: this.parseBlockBody('endset') });
  },
  parseFilterChain(this: Parser): Expr | undefined {
    let filter: Expr | undefined;
    while (this.skipOp('|')) filter = this.parseFilter(filter);
    return filter;
  },
  parseWith(this: Parser): Stmt {
    const at = this.peekToken();
    const targets: Target[] = [];
    const values: Expr[] = [];
    while (!this.sees('block-end')) {
      if (targets.length > 0) this.expect('operator', ',');
      targets.push(this.parseTarget());
      this.expect('operator', '=');
      values.push(this.parseExpression());
    }
    return node('WithBlock', at, { targets, values, body: this.parseBlockBody('endwith') });
  },
  parsePrint(this: Parser): Stmt {
    const items: Expr[] = [];
    const at = this.peekToken();
    while (!this.sees('block-end')) {
      if (items.length > 0) this.expect('operator', ',');
      items.push(this.parseExpression());
    }
    return node('Print', at, { value: items.length === 1 ? items[0]! : node('Join', at, { parts: items }) });
  },
  parseFilterBlock(this: Parser): Stmt {
    const at = this.peekToken();
    let filter = this.parseFilter(undefined);
    while (this.skipOp('|')) filter = this.parseFilter(filter);
    return node('FilterBlock', at, { filter, body: this.parseBlockBody('endfilter') });
  },
  parseEscapeBlock(this: Parser): Stmt {
    const at = this.peekToken();
    const on = this.parseExpression();
    return node('EscapeBlock', at, { on, body: this.parseBlockBody('endautoescape') });
  },
};
