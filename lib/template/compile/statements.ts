import type { Expr, Stmt } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import { type Frame, innerFrame } from './frame.js';
import { mayBeNative } from './native.js';
import { isFree, ref } from './symbols.js';

type Of<T extends Stmt['typename']> = Extract<Stmt, { typename: T }>;

/** Text, output and if. */
export const statements = {
  compileText(this: Compiler, n: Of<'Text'>, f: Frame): void {
    this.guardOutput(f);
    this.output(f, () => this._emit(this.constant(n.text)));
  },
  /** Emits the writing of a chunk. */
  output(this: Compiler, f: Frame, chunk: () => void): void {
    this._emit(`${f.out}.push(`);
    chunk();
    this._emit(');\n');
  },
  /** Below `extends`, plain text and values of a template's own level are not written. */
  guardOutput(this: Compiler, f: Frame): void {
    if (this.hasParent && f.out === 'out' && f.block === undefined) this._emit('if(!parent)');
  },
  compilePrint(this: Compiler, n: Of<'Print'>, f: Frame): void {
    this.guardOutput(f);
    this.output(f, () => this.printed(n.value, f));
  },
  printed(this: Compiler, n: Expr, f: Frame): void {
    if (n.typename === 'Choice') {
      this.put(f, '(X.truth(', n.cond, ')?');
      this.printed(n.body, f);
      this._emit(':');
      if (n.otherwise) this.printed(n.otherwise, f);
      else this._emit('""');
      this._emit(')');
    } else if (n.typename === 'Name' && isFree(f.symbols, n.name)) {
      this.put(f, `X.printName(r,${this.at(n)},`, n, `,${this.constant(n.name)})`);
    } else if (n.typename === 'Name' && this.natives.has(ref(f.symbols, n.name))) {
      const source = this.natives.get(ref(f.symbols, n.name));
      if (source === undefined) this.put(f, `X.native(X.finish(r,${this.at(n)},`, n, '))');
      else this.put(f, `X.printName(r,${this.at(n)},`, n, `,${this.constant(source)})`);
    } else {
      const [open, close] = mayBeNative(n) ? ['X.native(', ')'] : ['', ''];
      this.put(f, open!, `X.finish(r,${this.at(n)},`, n, ')', close!);
    }
  },
  compileIfElse(this: Compiler, n: Of<'IfElse'>, f: Frame): void {
    for (const [i, branch] of n.branches.entries()) {
      this.put(f, i === 0 ? 'if(X.truth(' : 'else if(X.truth(', branch.cond, ')){\n');
      this.body(f, branch.body);
      this._emit('}\n');
    }
    if (n.otherwise.length === 0) return;
    this._emit('else{\n');
    this.body(f, n.otherwise);
    this._emit('}\n');
  },
  /** Ansible's output is never escaped, not even here; what is left of this tag is a scope. */
  compileEscapeBlock(this: Compiler, n: Of<'EscapeBlock'>, f: Frame): void {
    const inner = innerFrame(f, n.body);
    this._emit('{');
    this.declare(inner.symbols);
    this.body(inner, n.body);
    this._emit('}\n');
  },
};
