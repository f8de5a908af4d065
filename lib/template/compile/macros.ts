import type { MacroDef, Params, Stmt } from '../parse/nodes.js';
import { analyseAll } from './analyse.js';
import { anyNode } from './children.js';
import type { Compiler } from './compiler.js';
import { type Frame, innerFrame } from './frame.js';
import { declareGiven, ref } from './symbols.js';

const SPECIAL = ['caller', 'kwargs', 'varargs'] as const;

/** Macros and call blocks. */
export const macros = {
  /** Emits a macro as an expression. */
  macro(this: Compiler, name: string, params: Params, body: readonly Stmt[], f: Frame): void {
    const out = this._tmpid();
    const inner = innerFrame(f, [], { out });
    const uses = SPECIAL.filter(
      (word) =>
        !params.names.includes(word) && anyNode(body, (n) => n.typename === 'Name' && n.name === word),
    );
    const ids = [...params.names, ...uses].map((p) => declareGiven(inner.symbols, p));
    analyseAll(inner.symbols, [...params.defaults, ...body]);
    const spec = this.constant({ name, names: params.names, defaults: params.defaults.length, uses });
    this._emit(`X.macro(r,${spec},(${ids.join(',')})=>{const ${out}=[];`);
    const first = params.names.length - params.defaults.length;
    this.declare(inner.symbols);
    for (const [i, param] of params.names.entries()) {
      const id = ref(inner.symbols, param);
      const otherwise = i >= first ? params.defaults[i - first]! : `X.notGiven(r,${this.constant(param)})`;
      this.put(inner, `if(${id}===undefined)${id}=`, otherwise, ';');
    }
    this.body(inner, body);
    this._emit(`return X.gather(r,${out});})`);
  },
  compileMacroDef(this: Compiler, n: MacroDef, f: Frame): void {
    const id = ref(f.symbols, n.name);
    this._emit(`${id}=`);
    this.macro(n.name, n.params, n.body, f);
    this._emit(';');
    if (f.top) this._emit(`X.setTop(c,${this.constant(n.name)},${id});`);
    this._emit('\n');
  },
  compileCallBlock(this: Compiler, n: Extract<Stmt, { typename: 'CallBlock' }>, f: Frame): void {
    const id = this._tmpid();
    this._emit(`{const ${id}=`);
    this.macro('caller', n.params, n.body, f);
    this._emit(';');
    this.output(f, () => {
      this._emit(`X.finish(r,${this.at(n)},`);
      this.callOf(n.call, f, `["caller",${id}],`);
      this._emit(')');
    });
    this._emit('}\n');
  },
};
