import { type Expr, node, type Params, type Stmt } from './nodes.js';
import type { Parser } from './parser.js';

const NO_PARAMS: Params = { names: [], defaults: [] };

/** Macros and call blocks. */
export const macros = {
  parseParams(this: Parser): Params {
    const names: string[] = [];
    const defaults: Expr[] = [];
    this.expect('operator', '(');
    while (!this.seesOp(')')) {
      if (names.length > 0) this.expect('operator', ',');
      const at = this.peekToken();
      names.push(this.parseNameTarget());
      if (this.skipOp('=')) defaults.push(this.parseExpression());
      else if (defaults.length > 0) this.fail('a parameter without default follows one with a default', at);
    }
    this.expect('operator', ')');
    return { names, defaults };
  },
  parseMacro(this: Parser): Stmt {
    const at = this.peekToken();
    const name = this.parseNameTarget();
    const params = this.parseParams();
    return node('MacroDef', at, { name, params, body: this.parseBlockBody('endmacro') });
  },
  parseCallBlock(this: Parser): Stmt {
    const at = this.peekToken();
    const params = this.seesOp('(') ? this.parseParams() : NO_PARAMS;
    const call = this.parseExpression();
    if (call.typename !== 'Call') return this.fail('expected a call of a macro', call);
    return node('CallBlock', at, { call, params, body: this.parseBlockBody('endcall') });
  },
};
