import type { Expr, Stmt, Target } from '../parse/nodes.js';
import type { Compiler } from './compiler.js';
import { type Frame, innerFrame } from './frame.js';
import { mayBeNative } from './native.js';
import { declareGiven, isFree, ref } from './symbols.js';

type Of<T extends Stmt['typename']> = Extract<Stmt, { typename: T }>;

/** The names that a target sets. */
export function targetNames(t: Target): string[] {
  if (t.typename === 'TupleTarget') return t.items.flatMap(targetNames);
  return t.typename === 'NameTarget' ? [t.name] : [];
}

/** set, block set and with. */
export const assignments = {
  /** Emits the assignment of a value (code) to a target. */
  assign(this: Compiler, t: Target, value: string, f: Frame): void {
    if (t.typename === 'NameTarget') this._emit(`${ref(f.symbols, t.name)}=${value};`);
    else if (t.typename === 'AttrTarget') {
      const id = ref(f.symbols, t.name);
      this._emit(
        `X.setAttr(r,${this.at(t)},${id},${this.constant(t.name)},${this.constant(t.attr)},${value});`,
      );
    } else {
      const id = this._tmpid();
      this._emit(`const ${id}=X.unpack(r,${this.at(t)},${value},${t.items.length});`);
      for (const [i, part] of t.items.entries()) this.assign(part, `${id}[${i}]`, f);
    }
  },
  /** Emits the export of what a target has set at a template's own level. */
  publish(this: Compiler, t: Target, f: Frame): void {
    if (!f.top) return;
    for (const name of targetNames(t))
      this._emit(`X.setTop(c,${this.constant(name)},${ref(f.symbols, name)});`);
  },
  compileAssign(this: Compiler, n: Of<'Assign'>, f: Frame): void {
    const id = this._tmpid();
    this.put(f, `const ${id}=`, n.value, ';');
    this.assign(n.target, id, f);
    this.noteNative(n.target, n.value, f);
    this.publish(n.target, f);
    this._emit('\n');
  },
  /** Notes that a name takes over text that must stay text. */
  noteNative(this: Compiler, t: Target, value: Expr, f: Frame): void {
    if (t.typename !== 'NameTarget') return;
    const id = ref(f.symbols, t.name);
    if (mayBeNative(value)) this.natives.set(id, undefined);
    else if (value.typename === 'Name' && isFree(f.symbols, value.name)) this.natives.set(id, value.name);
    else this.natives.delete(id);
  },
  compileAssignBlock(this: Compiler, n: Of<'AssignBlock'>, f: Frame): void {
    const out = this._tmpid();
    const id = this._tmpid();
    const inner = innerFrame(f, n.body, { out });
    this._emit(`let ${id};{const ${out}=[];`);
    this.declare(inner.symbols);
    this.body(inner, n.body);
    this._emit(`const body=X.gather(r,${out});${id}=`);
    this.put(f, n.filter ?? 'body', ';}');
    this.assign(n.target, id, f);
    this.publish(n.target, f);
    this._emit('\n');
  },
  compileFilterBlock(this: Compiler, n: Of<'FilterBlock'>, f: Frame): void {
    const out = this._tmpid();
    const inner = innerFrame(f, n.body, { out });
    this._emit(`{const ${out}=[];`);
    this.declare(inner.symbols);
    this.body(inner, n.body);
    this._emit(`const body=X.gather(r,${out});`);
    this.guardOutput(f);
    this.output(f, () => this.put(f, `X.finish(r,${this.at(n)},`, n.filter, ')'));
    this._emit('}\n');
  },
  compileWithBlock(this: Compiler, n: Of<'WithBlock'>, f: Frame): void {
    const ids = n.values.map((value) => {
      const id = this._tmpid();
      this.put(f, `const ${id}=`, value, ';');
      return id;
    });
    const inner = innerFrame(f);
    for (const t of n.targets) for (const name of targetNames(t)) declareGiven(inner.symbols, name);
    const full = this.analysed(inner, n.body);
    this._emit('{');
    for (const t of n.targets)
      for (const name of targetNames(t)) this._emit(`let ${ref(full.symbols, name)};`);
    for (const [i, t] of n.targets.entries()) this.assign(t, ids[i]!, full);
    this.declare(full.symbols);
    this.body(full, n.body);
    this._emit('}\n');
  },
};
