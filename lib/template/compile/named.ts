import type { Library } from '../library.js';
import type { AnyNode, Args, Expr } from '../parse/nodes.js';
import { children } from './children.js';
import { type FunctionKind, find, unknownAt } from './functions.js';

const LOOKUPS: ReadonlySet<string> = new Set(['lookup', 'query', 'q']);

/** Filters that take the name of another filter or test, and which argument it is. */
const NAMED: ReadonlyMap<string, readonly ['filter' | 'test', number]> = new Map([
  ['map', ['filter', 0]],
  ['select', ['test', 0]],
  ['reject', ['test', 0]],
  ['selectattr', ['test', 1]],
  ['rejectattr', ['test', 1]],
]);

function text(n: Expr | undefined): string | undefined {
  return n?.typename === 'Literal' && typeof n.value === 'string' ? n.value : undefined;
}

function argument(args: Args, at: number): Expr | undefined {
  return args.rest ? undefined : args.list[at];
}

/** What an expression calls by a name in quotes. */
function calledBy(n: AnyNode): { kind: FunctionKind; at: Expr } | undefined {
  if (n.typename === 'Call' && n.callee.typename === 'Name' && LOOKUPS.has(n.callee.name)) {
    const first = argument(n.args, 0);
    const strict = !n.args.more && !n.args.named.some(({ name }) => name === 'errors');
    return first && strict ? { kind: 'lookup', at: first } : undefined;
  }
  const named = n.typename === 'FilterOf' ? NAMED.get(n.name) : undefined;
  if (n.typename !== 'FilterOf' || !named) return undefined;
  const at = argument(n.args, named[1]);
  return at && { kind: named[0], at };
}

/** What is always computed with a node: not the branches of a condition. */
function certain(n: AnyNode): readonly AnyNode[] {
  if (n.typename === 'Choice') return [n.cond];
  if (n.typename === 'Logic') return [n.left];
  if (n.typename === 'IfElse') return n.branches.slice(0, 1).map(({ cond }) => cond);
  if (n.typename === 'ForLoop' || n.typename === 'MacroDef' || n.typename === 'BlockDef') return [];
  return children(n);
}

/** True for a text in which a function may be called by a name in quotes. */
export function mayNameFunctions(source: string): boolean {
  return /\b(?:lookup|query|q|map|select|reject|selectattr|rejectattr)\s*\(/.test(source);
}

/**
 * Throws a SyntaxProblem for a lookup, or a filter or test that `map`, `select` and the like are to use, that is named
 * in quotes and that nobody knows. Only what every render computes is looked at.
 */
export function checkNamed(n: AnyNode, library: Library): void {
  const called = calledBy(n);
  const name = called && text(called.at);
  if (called && name !== undefined && !find<unknown>(library[`${called.kind}s`], called.kind, name))
    throw unknownAt(library, called.kind, name, called.at);
  for (const child of certain(n)) checkNamed(child, library);
}
