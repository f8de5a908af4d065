import type { AnyNode, Args, Expr, Params, Stmt } from '../parse/nodes.js';

/** The expressions of an argument list. */
export function argExprs(args: Args): Expr[] {
  const out = [...args.list, ...args.named.map((n) => n.value)];
  if (args.rest) out.push(args.rest);
  if (args.more) out.push(args.more);
  return out;
}

function some(...exprs: readonly (Expr | undefined)[]): Expr[] {
  return exprs.filter((e) => e !== undefined);
}

function paramNodes(params: Params, body: readonly Stmt[]): AnyNode[] {
  return [...params.defaults, ...body];
}

function exprChildren(n: Expr): readonly AnyNode[] {
  switch (n.typename) {
    case 'TupleOf':
    case 'ListOf':
      return n.items;
    case 'DictOf':
      return n.pairs.flat();
    case 'Attr':
      return [n.target];
    case 'Item':
      return [n.target, n.key];
    case 'SliceOf':
      return some(n.from, n.to, n.step);
    case 'Call':
      return [n.callee, ...argExprs(n.args)];
    case 'FilterOf':
    case 'TestOf':
      return [...some(n.input), ...argExprs(n.args)];
    case 'Binary':
    case 'Logic':
      return [n.left, n.right];
    case 'Unary':
    case 'Negation':
      return [n.operand];
    case 'Join':
      return n.parts;
    case 'Comparison':
      return [n.first, ...n.rest.map((r) => r.operand)];
    case 'Choice':
      return some(n.cond, n.body, n.otherwise);
    default:
      return [];
  }
}

/** The nodes directly inside a node, in the order of the source. */
export function children(n: AnyNode): readonly AnyNode[] {
  switch (n.typename) {
    case 'TupleTarget':
      return n.items;
    case 'Print':
      return [n.value];
    case 'IfElse':
      return [...n.branches.flatMap((b) => [b.cond, ...b.body]), ...n.otherwise];
    case 'ForLoop':
      return [n.items, n.target, ...some(n.test), ...n.body, ...n.otherwise];
    case 'Assign':
      return [n.value, n.target];
    case 'AssignBlock':
      return [n.target, ...some(n.filter), ...n.body];
    case 'WithBlock':
      return [...n.values, ...n.targets, ...n.body];
    case 'FilterBlock':
      return [n.filter, ...n.body];
    case 'EscapeBlock':
      return [n.on, ...n.body];
    case 'MacroDef':
      return paramNodes(n.params, n.body);
    case 'CallBlock':
      return [n.call, ...paramNodes(n.params, n.body)];
    case 'IncludeOf':
    case 'ImportAs':
    case 'ImportNames':
    case 'ExtendsOf':
      return [n.template];
    case 'BlockDef':
    case 'Template':
      return n.body;
    case 'Text':
    case 'NameTarget':
    case 'AttrTarget':
      return [];
    default:
      return exprChildren(n);
  }
}

/** True when a condition holds for any node among these and inside them. */
export function anyNode(nodes: Iterable<AnyNode>, test: (n: AnyNode) => boolean): boolean {
  for (const n of nodes) if (test(n) || anyNode(children(n), test)) return true;
  return false;
}
