import { SyntaxProblem } from '../lex/token.js';
import type { ForLoop, Stmt } from '../parse/nodes.js';
import { analyseAll } from './analyse.js';
import { targetNames } from './assignments.js';
import { anyNode } from './children.js';
import type { Compiler } from './compiler.js';
import { type Frame, innerFrame } from './frame.js';
import { declareGiven, ref } from './symbols.js';

function usesLoop(body: readonly Stmt[]): boolean {
  return anyNode(
    body,
    (n) => (n.typename === 'Name' && n.name === 'loop') || (n.typename === 'BlockDef' && n.scoped),
  );
}

/** Loops. */
export const loops = {
  analysed(this: Compiler, f: Frame, nodes: readonly Stmt[]): Frame {
    analyseAll(f.symbols, nodes);
    return f;
  },
  compileForLoop(this: Compiler, n: ForLoop, f: Frame): void {
    if (anyNode([n], (child) => child.typename === 'NameTarget' && child.name === 'loop'))
      throw new SyntaxProblem("'loop' cannot be assigned to in a loop", n.lineno, n.colno);
    if (!n.recursive) {
      this.put(f, `{const items=`, this.itemsOf(n, f), ';');
      this.rounds(n, f, '');
      this._emit('}\n');
      return;
    }
    const again = this._tmpid();
    this._emit(`const ${again}=(given,depth)=>X.nested(r,()=>{const deep=[];const items=`);
    this.put(f, this.sift(n, f, 'given'), ';');
    this.rounds(n, { ...f, out: 'deep', top: false }, again);
    this._emit('return X.gather(r,deep);});\n');
    this.guardOutput(f);
    this.output(f, () => this.put(f, `${again}(X.items(r,${this.at(n.items)},`, n.items, '),0)'));
  },
  /** Code of the items, after the loop's own condition. */
  itemsOf(this: Compiler, n: ForLoop, f: Frame): string {
    const mark = this.codebuf.length;
    this.put(f, `X.items(r,${this.at(n.items)},`, n.items, ')');
    return this.sift(n, f, this.codebuf.splice(mark).join(''));
  },
  sift(this: Compiler, n: ForLoop, f: Frame, items: string): string {
    if (!n.test) return items;
    const inner = innerFrame(f);
    for (const name of targetNames(n.target)) declareGiven(inner.symbols, name);
    analyseAll(inner.symbols, [n.test]);
    const mark = this.codebuf.length;
    this._emit(`${items}.filter((one)=>{`);
    for (const name of targetNames(n.target)) this._emit(`let ${ref(inner.symbols, name)};`);
    this.assign(n.target, 'one', inner);
    this.declare(inner.symbols);
    this.put(inner, 'return X.truth(', n.test, ');})');
    return this.codebuf.splice(mark).join('');
  },
  rounds(this: Compiler, n: ForLoop, f: Frame, again: string): void {
    const inner = innerFrame(f);
    const extended = n.recursive || usesLoop(n.body);
    if (extended) declareGiven(inner.symbols, 'loop');
    for (const name of targetNames(n.target)) declareGiven(inner.symbols, name);
    analyseAll(inner.symbols, n.body);
    const loop = extended ? this._tmpid() : '';
    if (extended) {
      const how = again === '' ? '0' : `depth,${again}`;
      this._emit(`const ${loop}=X.loop(r,items,${how});`);
    }
    this._emit('for(let i=0;i<items.length;i++){X.step(r);');
    if (extended) this._emit(`${loop}.index=i;let ${ref(inner.symbols, 'loop')}=${loop}.special;`);
    for (const name of targetNames(n.target)) this._emit(`let ${ref(inner.symbols, name)};`);
    this.assign(n.target, 'items[i]', inner);
    this.declare(inner.symbols);
    this._emit('\n');
    this.body(inner, n.body);
    this._emit('}\n');
    if (n.otherwise.length === 0) return;
    const empty = innerFrame(f, n.otherwise);
    this._emit('if(items.length===0){');
    this.declare(empty.symbols);
    this.body(empty, n.otherwise);
    this._emit('}\n');
  },
};
