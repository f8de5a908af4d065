import type { Expr } from '../parse/nodes.js';

/** Filters whose text stays text even if it reads like a list or dict. */
const NATIVE = new Set(['string', 'to_json', 'to_nice_json', 'to_yaml', 'to_nice_yaml', 'ppretty', 'json']);

/** True for an expression that ends in such a filter. */
export function mayBeNative(n: Expr): boolean {
  if (n.typename === 'FilterOf')
    return (
      NATIVE.has(n.name) ||
      ((n.name === 'default' || n.name === 'd') && n.input !== undefined && mayBeNative(n.input))
    );
  return false;
}
