import type { Expr } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';

type Of<T extends Expr['typename']> = Extract<Expr, { typename: T }>;

const BINARY = {
  '+': 'add',
  '-': 'subtract',
  '*': 'multiply',
  '/': 'divide',
  '//': 'floorDivide',
  '%': 'modulo',
  '**': 'power',
} as const;

/** Arithmetic, comparison and logic. */
export const operators = {
  compileBinary(this: Compiler, n: Of<'Binary'>, f: Frame): void {
    this.put(f, `X.op(r,${this.at(n)},X.${BINARY[n.op]},`, n.left, ',', n.right, ')');
  },
  compileUnary(this: Compiler, n: Of<'Unary'>, f: Frame): void {
    this.put(f, `X.signed('${n.op}',`, n.operand, ')');
  },
  compileNegation(this: Compiler, n: Of<'Negation'>, f: Frame): void {
    this.put(f, '!X.truth(', n.operand, ')');
  },
  /** Python's `and` and `or` give one of their operands. */
  compileLogic(this: Compiler, n: Of<'Logic'>, f: Frame): void {
    const id = this._tmpid();
    const pick = n.op === 'and' ? `X.truth(${id})?v():${id}` : `X.truth(${id})?${id}:v()`;
    this.put(f, `((${id},v)=>${pick})(`, n.left, ',()=>', '(', n.right, '))');
  },
  compileJoin(this: Compiler, n: Of<'Join'>, f: Frame): void {
    this._emit('X.joinText([');
    this.list(f, n.parts);
    this._emit('])');
  },
  /** `a < b < c`: each operand is computed once, and only as far as needed. */
  compileComparison(this: Compiler, n: Of<'Comparison'>, f: Frame): void {
    const one = n.rest[0]!;
    if (n.rest.length === 1) {
      this.put(f, `X.op(r,${this.at(n)},X.is[${JSON.stringify(one.op)}],`, n.first, ',', one.operand, ')');
      return;
    }
    this.put(f, `X.chain(r,${this.at(n)},`, n.first, ',[');
    for (const { op, operand } of n.rest)
      this.put(f, `[X.is[${JSON.stringify(op)}],()=>`, '(', operand, ')],');
    this._emit('])');
  },
  compileChoice(this: Compiler, n: Of<'Choice'>, f: Frame): void {
    this.put(f, '(X.truth(', n.cond, ')?', n.body, ':', n.otherwise ?? `X.lax(r,${this.at(n)})`, ')');
  },
};
