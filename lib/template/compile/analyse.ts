import type { AnyNode } from '../parse/nodes.js';
import { children } from './children.js';
import { copySymbols, joinBranches, noteLoad, noteStore, type Symbols } from './symbols.js';

function all(symbols: Symbols, nodes: Iterable<AnyNode>): void {
  for (const n of nodes) analyse(symbols, n);
}

function branches(symbols: Symbols, n: Extract<AnyNode, { typename: 'IfElse' }>): void {
  const first = n.branches[0]!;
  analyse(symbols, first.cond);
  const copies = [first.body, ...n.branches.slice(1).map((b) => [b.cond, ...b.body]), n.otherwise].map(
    (nodes) => {
      const copy = copySymbols(symbols);
      all(copy, nodes);
      return copy;
    },
  );
  joinBranches(symbols, copies);
}

/** Notes the names that a node reads and sets in its frame; what has a frame of its own is left to that. */
export function analyse(symbols: Symbols, n: AnyNode): void {
  switch (n.typename) {
    case 'Name':
    case 'AttrTarget':
      noteLoad(symbols, n.name);
      break;
    case 'NameTarget':
    case 'MacroDef':
      noteStore(symbols, n.name);
      break;
    case 'IfElse':
      branches(symbols, n);
      break;
    case 'ForLoop':
      analyse(symbols, n.items);
      break;
    case 'CallBlock':
      analyse(symbols, n.call);
      break;
    case 'FilterBlock':
      analyse(symbols, n.filter);
      break;
    case 'WithBlock':
      all(symbols, n.values);
      break;
    case 'AssignBlock':
      analyse(symbols, n.target);
      if (n.filter) analyse(symbols, n.filter);
      break;
    case 'ImportAs':
      analyse(symbols, n.template);
      noteStore(symbols, n.target);
      break;
    case 'ImportNames':
      analyse(symbols, n.template);
      for (const { alias } of n.names) noteStore(symbols, alias);
      break;
    case 'EscapeBlock':
    case 'BlockDef':
      break;
    default:
      all(symbols, children(n));
  }
}

/** Notes the names of all nodes of a frame. */
export function analyseAll(symbols: Symbols, nodes: Iterable<AnyNode>): void {
  all(symbols, nodes);
}
