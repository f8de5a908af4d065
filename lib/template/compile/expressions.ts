import type { Expr } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { ref } from './symbols.js';

type Of<T extends Expr['typename']> = Extract<Expr, { typename: T }>;

/** Literals, names, containers, attributes and items. */
export const expressions = {
  compileLiteral(this: Compiler, n: Of<'Literal'>): void {
    this._emit(this.constant(n.value));
  },
  compileName(this: Compiler, n: Of<'Name'>, f: Frame): void {
    const id = ref(f.symbols, n.name);
    this._emit(`(${id}??X.name(r,${this.at(n)},${this.constant(n.name)},${id}))`);
  },
  compileTupleOf(this: Compiler, n: Of<'TupleOf'>, f: Frame): void {
    this._emit('X.tuple([');
    this.list(f, n.items);
    this._emit('])');
  },
  compileListOf(this: Compiler, n: Of<'ListOf'>, f: Frame): void {
    this._emit('[');
    this.list(f, n.items);
    this._emit(']');
  },
  compileDictOf(this: Compiler, n: Of<'DictOf'>, f: Frame): void {
    this._emit('X.dict([');
    for (const [key, value] of n.pairs) this.put(f, '[', key, ',', value, '],');
    this._emit('])');
  },
  compileAttr(this: Compiler, n: Of<'Attr'>, f: Frame): void {
    this.put(f, `X.attr(r,${this.at(n)},`, n.target, `,${this.constant(n.name)})`);
  },
  compileItem(this: Compiler, n: Of<'Item'>, f: Frame): void {
    this.put(f, `X.item(r,${this.at(n)},`, n.target, ',', n.key, ')');
  },
  compileSliceOf(this: Compiler, n: Of<'SliceOf'>, f: Frame): void {
    this.put(f, 'X.slice(', n.from ?? 'null', ',', n.to ?? 'null', ',', n.step ?? 'null', ')');
  },
};
