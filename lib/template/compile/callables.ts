import type { Args, Expr } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { filterNumber, testNumber } from './functions.js';

type Of<T extends Expr['typename']> = Extract<Expr, { typename: T }>;

const LOOKUPS = new Set(['lookup', 'query', 'q']);

// Ansible templates a lookup's terms once more; only what the template itself spells out is, never a variable's text.
function isTemplate(n: Expr): boolean {
  return n.typename === 'Literal' && typeof n.value === 'string' && /\{[{%]/.test(n.value);
}

/** Calls, filters and tests. */
export const callables = {
  /** `[positional...],keywords`; `extra` is code of one more keyword argument. */
  args(this: Compiler, a: Args, f: Frame, extra = '', reread = false): void {
    this._emit('[');
    for (const arg of a.list) {
      if (reread && isTemplate(arg)) this.put(f, 'X.reread(r,', arg, '),');
      else this.put(f, arg, ',');
    }
    if (a.rest) this.put(f, '...X.spread(', a.rest, ')');
    this._emit('],');
    if (a.named.length === 0 && !a.more && extra === '') {
      this._emit('X.NONE');
      return;
    }
    this._emit('X.keywords([');
    for (const { name, value } of a.named) this.put(f, `[${this.constant(name)},`, value, '],');
    this._emit(`${extra}]`);
    if (a.more) this.put(f, ',', a.more);
    this._emit(')');
  },
  compileCall(this: Compiler, n: Of<'Call'>, f: Frame): void {
    this.callOf(n, f);
  },
  callOf(this: Compiler, n: Of<'Call'>, f: Frame, extra = ''): void {
    const { callee } = n;
    if (callee.typename === 'Attr')
      this.put(f, `X.invoke(r,${this.at(callee)},`, callee.target, `,${this.constant(callee.name)},`);
    else this.put(f, `X.call(r,${this.at(n)},`, callee, ',');
    const reread = callee.typename === 'Name' && LOOKUPS.has(callee.name);
    this.args(n.args, f, extra, reread);
    this._emit(')');
  },
  compileFilterOf(this: Compiler, n: Of<'FilterOf'>, f: Frame): void {
    const number = filterNumber(this.functions, n.name, n);
    // A filter without input stands in a `{% filter %}` or a block set: the text it gets is in `body`.
    this.put(f, `X.filter(r,${this.at(n)},F[${number}],`, n.input ?? 'body', ',');
    this.args(n.args, f);
    this._emit(')');
  },
  compileTestOf(this: Compiler, n: Of<'TestOf'>, f: Frame): void {
    const number = testNumber(this.functions, n.name, n);
    this.put(f, `X.test(r,${this.at(n)},T[${number}],`, n.input, ',');
    this.args(n.args, f);
    this._emit(')');
  },
};
