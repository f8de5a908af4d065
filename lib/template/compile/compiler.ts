import type { Library } from '../library.js';
import { Compiler as Base, type BaseCompiler } from '../nunjucks.js';
import type { AnyNode, Template } from '../parse/nodes.js';
import { pack } from '../runtime/state.js';
import { assignments } from './assignments.js';
import { callables } from './callables.js';
import { expressions } from './expressions.js';
import type { Frame } from './frame.js';
import { type Functions, functionsOf } from './functions.js';
import { loops } from './loops.js';
import { macros } from './macros.js';
import { operators } from './operators.js';
import { others } from './others.js';
import { statements } from './statements.js';
import type { Symbols } from './symbols.js';
import { templates } from './templates.js';

type Plumbing = typeof plumbing;
type Statements = typeof statements;
type Expressions = typeof expressions;
type Operators = typeof operators;
type Callables = typeof callables;
type Assignments = typeof assignments;
type Loops = typeof loops;
type Macros = typeof macros;
type Others = typeof others;
type Templates = typeof templates;

/** nunjucks' compiler, emitting synchronous code for Jinja2's nodes: a `compileX` for each kind. */
export interface Compiler
  extends Plumbing,
    Statements,
    Expressions,
    Operators,
    Callables,
    Assignments,
    Loops,
    Macros,
    Others,
    Templates {
  codebuf: string[];
  compile: BaseCompiler['compile'];
  _emit: BaseCompiler['_emit'];
  _tmpid: BaseCompiler['_tmpid'];
  functions: Functions;
  constants: unknown[];
  hasParent: boolean;
  /** Locals that hold the text of a filter like `to_json`, or (by its name) a variable that may. */
  natives: Map<string, string | undefined>;
}

const plumbing = {
  /** Emits code: text as it is, nodes compiled. */
  put(this: Compiler, frame: Frame, ...parts: readonly (string | AnyNode)[]): void {
    for (const part of parts) {
      if (typeof part === 'string') this._emit(part);
      else this.compile(part, frame);
    }
  },
  /** Emits nodes separated by commas. */
  list(this: Compiler, frame: Frame, nodes: readonly AnyNode[]): void {
    for (const n of nodes) this.put(frame, n, ',');
  },
  /**
   * A value as code. Names, texts and places stand in a table beside the code, so that templates of the same shape
   * have the same code, which is then compiled once.
   */
  constant(this: Compiler, value: unknown): string {
    return `K[${this.constants.push(value) - 1}]`;
  },
  /** The packed place of a node, as code. */
  at(this: Compiler, n: AnyNode): string {
    return this.constant(pack(n.lineno, n.colno));
  },
  /** Emits the locals of a frame. */
  declare(this: Compiler, symbols: Symbols): void {
    for (const [id, load] of symbols.loads) {
      if (load.kind === 'resolve') this._emit(`let ${id}=X.resolve(r,c,${this.constant(load.name)});`);
      else if (load.kind === 'alias') this._emit(`let ${id}=${load.of};`);
      else if (load.kind === 'unset') this._emit(`let ${id};`);
    }
  },
  body(this: Compiler, frame: Frame, nodes: readonly AnyNode[]): void {
    for (const n of nodes) this.compile(n, frame);
  },
};

const JinjaCompiler = Base.extend('JinjaCompiler', {
  ...plumbing,
  ...statements,
  ...expressions,
  ...operators,
  ...callables,
  ...assignments,
  ...loops,
  ...macros,
  ...others,
  ...templates,
}) as unknown as new (
  name: string,
  throwOnUndefined: boolean,
) => Compiler;

/** The JavaScript of a template, and what it refers to by number: constants, filters and tests. */
export type Emitted = {
  readonly code: string;
  readonly functions: Functions;
  readonly constants: readonly unknown[];
};

/** Emits the code of a template. Unknown filters and tests are a SyntaxProblem. */
export function emit(template: Template, library: Library): Emitted {
  const compiler = new JinjaCompiler('', true);
  compiler.functions = functionsOf(library);
  compiler.natives = new Map();
  compiler.constants = [];
  compiler.compileTemplate(template);
  const { codebuf, functions, constants } = compiler;
  return { code: codebuf.join(''), functions, constants };
}
