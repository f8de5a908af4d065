import { SyntaxProblem } from '../lex/token.js';
import type { AnyNode, BlockDef, Stmt, Template } from '../parse/nodes.js';
import { MUTATING } from '../runtime/methods.js';
import { analyseAll } from './analyse.js';
import { anyNode, children } from './children.js';
import type { Compiler } from './compiler.js';
import { type Frame, rootFrame } from './frame.js';
import { declareGiven } from './symbols.js';

function blocksOf(nodes: Iterable<AnyNode>): BlockDef[] {
  const out: BlockDef[] = [];
  for (const n of nodes) {
    if (n.typename === 'BlockDef') out.push(n);
    out.push(...blocksOf(children(n)));
  }
  return out;
}

function checked(blocks: readonly BlockDef[]): readonly BlockDef[] {
  const seen = new Set<string>();
  for (const block of blocks) {
    if (seen.has(block.name))
      throw new SyntaxProblem(`the block '${block.name}' is defined twice`, block.lineno, block.colno);
    seen.add(block.name);
  }
  return blocks;
}

/** Whole templates, their blocks and inheritance. */
export const templates = {
  compileTemplate(this: Compiler, n: Template): void {
    const extending = anyNode(n.body, (child) => child.typename === 'ExtendsOf');
    this.hasParent = extending;
    const f = rootFrame('out');
    this.special(f, n.body);
    analyseAll(f.symbols, n.body);
    this._emit('const blocks={');
    for (const block of checked(blocksOf(n.body))) this.blockBody(block);
    this._emit('};\nreturn {blocks,root:(function(r,c,out){\n');
    if (extending) this._emit('let parent;');
    this.specials(f, undefined);
    this.declare(f.symbols);
    this.body(f, n.body);
    if (extending) this._emit('if(parent)X.parent(r,c,parent,out);');
    const mutates = anyNode(n.body, (child) => child.typename === 'Attr' && MUTATING.has(child.name));
    this._emit(`}),mutates:${mutates}}`);
  },
  blockBody(this: Compiler, n: BlockDef): void {
    const f = rootFrame('out', n.name);
    this.special(f, n.body);
    analyseAll(f.symbols, n.body);
    this._emit(`${JSON.stringify(n.name)}(r,c,out){`);
    this.specials(f, n.name);
    this.declare(f.symbols);
    this.body(f, n.body);
    this._emit('},\n');
  },
  /** Declares `self` and `super` where a body reads them. */
  special(this: Compiler, f: Frame, body: readonly Stmt[]): void {
    for (const word of ['self', 'super'])
      if (
        (word === 'self' || f.block !== undefined) &&
        anyNode(body, (n) => n.typename === 'Name' && n.name === word)
      )
        declareGiven(f.symbols, word);
  },
  specials(this: Compiler, f: Frame, block: string | undefined): void {
    const self = f.symbols.refs.get('self');
    const above = f.symbols.refs.get('super');
    if (self) this._emit(`let ${self}=X.self(r,c);`);
    if (above)
      this._emit(`let ${above}=X.above(r,c,${JSON.stringify(block)},blocks[${JSON.stringify(block)}]);`);
  },
  compileBlockDef(this: Compiler, n: BlockDef, f: Frame): void {
    const context = n.scoped ? `X.derive(c,${this.locals(f)})` : 'c';
    this.guardOutput(f);
    this._emit(`X.block(r,${this.at(n)},c,${context},${JSON.stringify(n.name)},${n.required},${f.out});\n`);
  },
  compileExtendsOf(this: Compiler, n: Extract<Stmt, { typename: 'ExtendsOf' }>, f: Frame): void {
    if (!f.top)
      throw new SyntaxProblem('extends is only allowed at the top of a template', n.lineno, n.colno);
    this.put(f, `parent=X.extend(r,${this.at(n)},c,parent,`, n.template, ');\n');
  },
};
