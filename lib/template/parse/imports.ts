import { node, type Stmt } from './nodes.js';
import type { Parser } from './parser.js';

/** Tags that refer to other templates, and the blocks they override. */
export const imports = {
  seesContext(this: Parser): boolean {
    return this.seesWord('with', 'without') && this.peekToken(1).value === 'context';
  },
  parseWithContext(this: Parser, otherwise: boolean): boolean {
    if (!this.seesContext()) return otherwise;
    const withContext = this.nextToken().value === 'with';
    this.nextToken();
    return withContext;
  },
  parseInclude(this: Parser): Stmt {
    const at = this.peekToken();
    const template = this.parseExpression();
    const ignoreMissing = this.seesWord('ignore') && this.peekToken(1).value === 'missing';
    if (ignoreMissing) this.index += 2;
    return node('IncludeOf', at, { template, ignoreMissing, withContext: this.parseWithContext(true) });
  },
  parseImport(this: Parser): Stmt {
    const at = this.peekToken();
    const template = this.parseExpression();
    this.expect('symbol', 'as');
    const target = this.parseNameTarget();
    return node('ImportAs', at, { template, target, withContext: this.parseWithContext(false) });
  },
  parseFromImport(this: Parser): Stmt {
    const at = this.peekToken();
    const template = this.parseExpression();
    this.expect('symbol', 'import');
    const names: { name: string; alias: string }[] = [];
    for (;;) {
      if (names.length > 0) this.expect('operator', ',');
      if (this.seesContext()) break;
      const token = this.peekToken();
      const name = this.parseNameTarget();
      if (name.startsWith('_')) this.fail('names that start with an underscore cannot be imported', token);
      names.push({ name, alias: this.skipSymbol('as') ? this.parseNameTarget() : name });
      if (this.seesContext() || !this.seesOp(',')) break;
    }
    return node('ImportNames', at, { template, names, withContext: this.parseWithContext(false) });
  },
  parseExtends(this: Parser): Stmt {
    const at = this.peekToken();
    return node('ExtendsOf', at, { template: this.parseExpression() });
  },
  parseBlock(this: Parser): Stmt {
    const at = this.peekToken();
    const name = this.expect('symbol').value;
    const scoped = this.skipSymbol('scoped');
    const required = this.skipSymbol('required');
    const body = this.parseBlockBody('endblock');
    if (required && body.some((child) => child.typename !== 'Text' || child.text.trim() !== ''))
      this.fail('a required block can only hold comments and whitespace', at);
    this.skipSymbol(name);
    return node('BlockDef', at, { name, scoped, required, body });
  },
};
