import type { Value } from '../../values/value.js';
import { type At, Node as BaseNode } from '../nunjucks.js';

type Of<T extends string, F extends object> = At & { readonly typename: T } & Readonly<F>;

/** Arguments of a call, a filter or a test; `rest` and `more` are those behind `*` and `**`. */
export type Args = {
  readonly list: readonly Expr[];
  readonly named: readonly { readonly name: string; readonly value: Expr }[];
  readonly rest: Expr | undefined;
  readonly more: Expr | undefined;
};

/** Operators with two operands that the runtime knows. */
export type BinaryOp = '+' | '-' | '*' | '/' | '//' | '%' | '**';
/** Comparison operators. */
export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

/** An expression of the language. */
export type Expr =
  | Of<'Literal', { value: Value }>
  | Name
  | Of<'TupleOf', { items: readonly Expr[] }>
  | Of<'ListOf', { items: readonly Expr[] }>
  | Of<'DictOf', { pairs: readonly (readonly [Expr, Expr])[] }>
  | Of<'Attr', { target: Expr; name: string }>
  | Of<'Item', { target: Expr; key: Expr }>
  | Of<'SliceOf', { from: Expr | undefined; to: Expr | undefined; step: Expr | undefined }>
  | Call
  | Of<'FilterOf', { input: Expr | undefined; name: string; args: Args }>
  | Of<'TestOf', { input: Expr; name: string; args: Args }>
  | Of<'Binary', { op: BinaryOp; left: Expr; right: Expr }>
  | Of<'Unary', { op: '-' | '+'; operand: Expr }>
  | Of<'Negation', { operand: Expr }>
  | Of<'Logic', { op: 'and' | 'or'; left: Expr; right: Expr }>
  | Of<'Join', { parts: readonly Expr[] }>
  | Of<'Comparison', { first: Expr; rest: readonly { readonly op: CompareOp; readonly operand: Expr }[] }>
  | Of<'Choice', { cond: Expr; body: Expr; otherwise: Expr | undefined }>;

/** A name that is read. */
export type Name = Of<'Name', { name: string }>;
/** A call. */
export type Call = Of<'Call', { callee: Expr; args: Args }>;

/** What can be assigned to: a name, an attribute of a namespace, or a tuple of such. */
export type Target =
  | Of<'NameTarget', { name: string }>
  | Of<'AttrTarget', { name: string; attr: string }>
  | Of<'TupleTarget', { items: readonly Target[] }>;

/** Parameters of a macro or a call block; the last ones may have defaults. */
export type Params = { readonly names: readonly string[]; readonly defaults: readonly Expr[] };

/** A statement of the language. */
export type Stmt =
  | Of<'Text', { text: string }>
  | Of<'Print', { value: Expr }>
  | Of<'IfElse', { branches: readonly { cond: Expr; body: readonly Stmt[] }[]; otherwise: readonly Stmt[] }>
  | ForLoop
  | Of<'Assign', { target: Target; value: Expr }>
  | Of<'AssignBlock', { target: Target; filter: Expr | undefined; body: readonly Stmt[] }>
  | Of<'WithBlock', { targets: readonly Target[]; values: readonly Expr[]; body: readonly Stmt[] }>
  | Of<'FilterBlock', { filter: Expr; body: readonly Stmt[] }>
  | Of<'EscapeBlock', { on: Expr; body: readonly Stmt[] }>
  | MacroDef
  | Of<'CallBlock', { call: Call; params: Params; body: readonly Stmt[] }>
  | Of<'IncludeOf', { template: Expr; ignoreMissing: boolean; withContext: boolean }>
  | Of<'ImportAs', { template: Expr; target: string; withContext: boolean }>
  | Of<
      'ImportNames',
      {
        template: Expr;
        names: readonly { name: string; alias: string }[];
        withContext: boolean;
      }
    >
  | Of<'ExtendsOf', { template: Expr }>
  | BlockDef;

/** A loop. */
export type ForLoop = Of<
  'ForLoop',
  {
    target: Target;
    items: Expr;
    test: Expr | undefined;
    recursive: boolean;
    body: readonly Stmt[];
    otherwise: readonly Stmt[];
  }
>;
/** A macro's definition. */
export type MacroDef = Of<'MacroDef', { name: string; params: Params; body: readonly Stmt[] }>;
/** A named block of an inheritable template. */
export type BlockDef = Of<
  'BlockDef',
  { name: string; scoped: boolean; required: boolean; body: readonly Stmt[] }
>;
/** A whole template. */
export type Template = Of<'Template', { body: readonly Stmt[] }>;

/** Any node. */
export type AnyNode = Expr | Stmt | Target | Template;
/** What a node of a kind holds besides its kind and place. */
export type FieldsOf<T extends AnyNode['typename']> = Omit<
  Extract<AnyNode, { typename: T }>,
  'typename' | keyof At
>;

const FIELDS: { readonly [T in AnyNode['typename']]: readonly (keyof FieldsOf<T>)[] } = {
  Literal: ['value'],
  Name: ['name'],
  TupleOf: ['items'],
  ListOf: ['items'],
  DictOf: ['pairs'],
  Attr: ['target', 'name'],
  Item: ['target', 'key'],
  SliceOf: ['from', 'to', 'step'],
  Call: ['callee', 'args'],
  FilterOf: ['input', 'name', 'args'],
  TestOf: ['input', 'name', 'args'],
  Binary: ['op', 'left', 'right'],
  Unary: ['op', 'operand'],
  Negation: ['operand'],
  Logic: ['op', 'left', 'right'],
  Join: ['parts'],
  Comparison: ['first', 'rest'],
  Choice: ['cond', 'body', 'otherwise'],
  NameTarget: ['name'],
  AttrTarget: ['name', 'attr'],
  TupleTarget: ['items'],
  Text: ['text'],
  Print: ['value'],
  IfElse: ['branches', 'otherwise'],
  ForLoop: ['target', 'items', 'test', 'recursive', 'body', 'otherwise'],
  Assign: ['target', 'value'],
  AssignBlock: ['target', 'filter', 'body'],
  WithBlock: ['targets', 'values', 'body'],
  FilterBlock: ['filter', 'body'],
  EscapeBlock: ['on', 'body'],
  MacroDef: ['name', 'params', 'body'],
  CallBlock: ['call', 'params', 'body'],
  IncludeOf: ['template', 'ignoreMissing', 'withContext'],
  ImportAs: ['template', 'target', 'withContext'],
  ImportNames: ['template', 'names', 'withContext'],
  ExtendsOf: ['template'],
  BlockDef: ['name', 'scoped', 'required', 'body'],
  Template: ['body'],
};

type NodeClass = new (lineno: number, colno: number, ...fields: unknown[]) => unknown;

const CLASSES = new Map(
  Object.entries(FIELDS).map(([name, fields]) => [
    name,
    BaseNode.extend(name, { fields: [...fields] }) as unknown as NodeClass,
  ]),
);

/** Makes a node of a kind, one of nunjucks' nodes with fields of its own. */
export function node<T extends AnyNode['typename']>(
  typename: T,
  at: At,
  fields: FieldsOf<T>,
): Extract<AnyNode, { typename: T }> {
  const Class = CLASSES.get(typename)!;
  const made = new Class(at.lineno, at.colno) as Record<string, unknown>;
  for (const [key, value] of Object.entries(fields)) made[key] = value;
  return made as unknown as Extract<AnyNode, { typename: T }>;
}
