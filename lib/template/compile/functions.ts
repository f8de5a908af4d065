import { didYouMean } from '../../errors/suggest.js';
import { belongsTo } from '../collections.js';
import { SyntaxProblem } from '../lex/token.js';
import type { Filter, Library, Test } from '../library.js';
import type { At } from '../nunjucks.js';

/** What a library has functions of. */
export type FunctionKind = 'filter' | 'test' | 'lookup';

/** The filters and tests of one template, by number. */
export type Functions = {
  readonly filters: Filter[];
  readonly tests: Test[];
  readonly library: Library;
};

/** An empty table over a library. */
export function functionsOf(library: Library): Functions {
  return { filters: [], tests: [], library };
}

/** Finds a function by its full name, or by its last part where the name of its collection leads. */
export function find<T>(known: ReadonlyMap<string, T>, kind: FunctionKind, name: string): T | undefined {
  const found = known.get(name);
  const dot = name.lastIndexOf('.');
  if (found || dot === -1) return found;
  const last = name.slice(dot + 1);
  return belongsTo(name.slice(0, dot), last, kind) ? known.get(last) : undefined;
}

/** What is said of a filter, test or lookup that nobody knows. */
export function unknownFunction(library: Library, kind: FunctionKind, name: string): string {
  // A name that no plug-in can have: Ansible's words, which playbooks look for.
  if (kind !== 'lookup' && !/^\w+(?:\.\w+)*$/.test(name))
    return `TemplateSyntaxError: Could not load "${name}": 'invalid plugin name: ansible.builtin.${name}'`;
  const why = library.explain?.(kind, name);
  if (why !== undefined) return `there is no ${kind} '${name}': ${why}`;
  const known = library[`${kind}s`];
  const last = name.slice(name.lastIndexOf('.') + 1);
  return `there is no ${kind} '${name}'${didYouMean(name, known.keys()) || didYouMean(last, known.keys())}`;
}

/** The error of a name that nobody knows, where it stands. */
export function unknownAt(library: Library, kind: FunctionKind, name: string, at: At): SyntaxProblem {
  return new SyntaxProblem(unknownFunction(library, kind, name), at.lineno, at.colno, 'unknown-name');
}

function number<T>(
  list: T[],
  known: ReadonlyMap<string, T>,
  library: Library,
  kind: 'filter' | 'test',
  name: string,
  at: At,
): number {
  const found = find(known, kind, name);
  if (!found) throw unknownAt(library, kind, name, at);
  const old = list.indexOf(found);
  return old === -1 ? list.push(found) - 1 : old;
}

/** The number of a filter; an unknown name is a SyntaxProblem with the nearest known one. */
export function filterNumber(functions: Functions, name: string, at: At): number {
  return number(functions.filters, functions.library.filters, functions.library, 'filter', name, at);
}

/** The number of a test; an unknown name is a SyntaxProblem with the nearest known one. */
export function testNumber(functions: Functions, name: string, at: At): number {
  return number(functions.tests, functions.library.tests, functions.library, 'test', name, at);
}
