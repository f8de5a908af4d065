import { emit } from './compile/compiler.js';
import { doubleBackslashes } from './lex/backslashes.js';
import type { Syntax } from './lex/syntax.js';
import { tokenize } from './lex/tokenizer.js';
import type { Filter, Library, Test } from './library.js';
import type { Template } from './parse/nodes.js';
import { parse } from './parse/parser.js';
import { OPERATIONS } from './runtime/operations.js';
import type { Body, Compiled } from './runtime/state.js';

/** How many compiled templates are kept; the longest unused go first. */
const KEPT = 10_000;

type Kept = { readonly literal: Map<string, Compiled>; readonly plain: Map<string, Compiled> };
type Made = { root: Body; blocks: Record<string, Body>; mutates: boolean };
type Make = (x: typeof OPERATIONS, filters: Filter[], tests: Test[], constants: readonly unknown[]) => Made;

/** Compiles a text. `literal` doubles backslashes first, as for strings of playbooks. Throws a SyntaxProblem. */
export type CompileText = (source: string, syntax: Syntax, literal: boolean) => Compiled;

/** Parses a text with the library's rules, without running or keeping anything. */
export function parseText(source: string, syntax: Syntax, literal: boolean): Template {
  return parse(tokenize(literal ? doubleBackslashes(source, syntax) : source, syntax));
}

function makeOf(code: string): Make {
  return new Function('X', 'F', 'T', 'K', `"use strict";${code}`) as Make;
}

/** A compiler that remembers: one entry per text, syntax and way of reading it. */
export function createCompiler(library: Library): CompileText {
  const bySyntax = new Map<string, Kept>();
  const known = new WeakMap<Syntax, Kept>();
  const makes = remembering(makeOf);
  const compileText = (source: string, syntax: Syntax, literal: boolean): Compiled => {
    const { code, functions, constants } = emit(parseText(source, syntax, literal), library);
    const { root, blocks, mutates } = makes(code)(OPERATIONS, functions.filters, functions.tests, constants);
    return { root, blocks: new Map(Object.entries(blocks)), mutates };
  };
  const kept = (syntax: Syntax): Kept => {
    const key = JSON.stringify(syntax);
    const found = bySyntax.get(key) ?? { literal: new Map(), plain: new Map() };
    bySyntax.set(key, found);
    known.set(syntax, found);
    return found;
  };
  return (source, syntax, literal) => {
    const map = (known.get(syntax) ?? kept(syntax))[literal ? 'literal' : 'plain'];
    return recall(map, source, () => compileText(source, syntax, literal));
  };
}

function recall<T>(map: Map<string, T>, key: string, make: () => T): T {
  const old = map.get(key);
  if (old !== undefined) return old;
  const made = make();
  if (map.size >= KEPT) map.delete(map.keys().next().value!);
  map.set(key, made);
  return made;
}

/** A function of a text that remembers its latest results. */
export function remembering<T>(make: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => recall(known, text, () => make(text));
}
