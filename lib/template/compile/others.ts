import type { Stmt } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { ref, storedNames } from './symbols.js';

type Of<T extends Stmt['typename']> = Extract<Stmt, { typename: T }>;

/** include and import. */
export const others = {
  /** Code of the locals that another template is to see. */
  locals(this: Compiler, f: Frame): string {
    const pairs = [...storedNames(f.symbols)].map(([name, id]) => `[${this.constant(name)},${id}]`);
    return `X.locals([${pairs.join(',')}])`;
  },
  compileIncludeOf(this: Compiler, n: Of<'IncludeOf'>, f: Frame): void {
    const context = n.withContext ? `X.derive(c,${this.locals(f)})` : 'undefined';
    this.put(f, `X.include(r,${this.at(n)},`, n.template, `,${n.ignoreMissing},${context},${f.out});\n`);
  },
  compileImportAs(this: Compiler, n: Of<'ImportAs'>, f: Frame): void {
    const id = ref(f.symbols, n.target);
    const context = n.withContext ? `X.derive(c,${this.locals(f)})` : 'undefined';
    this.put(f, `${id}=X.importModule(r,${this.at(n)},`, n.template, `,${context}).special;`);
    if (f.top) this._emit(`X.setTop(c,${this.constant(n.target)},${id});`);
    this._emit('\n');
  },
  compileImportNames(this: Compiler, n: Of<'ImportNames'>, f: Frame): void {
    const id = this._tmpid();
    const context = n.withContext ? `X.derive(c,${this.locals(f)})` : 'undefined';
    this.put(f, `const ${id}=X.importModule(r,${this.at(n)},`, n.template, `,${context});`);
    for (const { name, alias } of n.names) {
      const local = ref(f.symbols, alias);
      this._emit(`${local}=X.imported(r,${this.at(n)},${id},${this.constant(name)});`);
      if (f.top) this._emit(`X.setTop(c,${this.constant(alias)},${local});`);
    }
    this._emit('\n');
  },
};
