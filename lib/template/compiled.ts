import { emit } from './compile/compiler.js';
import { doubleBackslashes } from './lex/backslashes.js';
import type { Syntax } from './lex/syntax.js';
import { tokenize } from './lex/tokenizer.js';
import type { Library } from './library.js';
import type { Template } from './parse/nodes.js';
import { parse } from './parse/parser.js';
import { OPERATIONS } from './runtime/operations.js';
import type { Body, Compiled } from './runtime/state.js';

/** How many compiled templates are kept; the longest unused go first. */
const KEPT = 10_000;

type Emitted = { root: Body; blocks: Record<string, Body>; mutates: boolean };

/** Compiles a text. `literal` doubles backslashes first, as for strings of playbooks. Throws a SyntaxProblem. */
export type CompileText = (source: string, syntax: Syntax, literal: boolean) => Compiled;

/** Parses a text with the library's rules, without running or keeping anything. */
export function parseText(source: string, syntax: Syntax, literal: boolean): Template {
  return parse(tokenize(literal ? doubleBackslashes(source, syntax) : source, syntax));
}

function compileText(source: string, syntax: Syntax, literal: boolean, library: Library): Compiled {
  const { code, functions } = emit(parseText(source, syntax, literal), library);
  const make = new Function('X', 'F', 'T', `"use strict";${code}`) as (...args: unknown[]) => Emitted;
  const { root, blocks, mutates } = make(OPERATIONS, functions.filters, functions.tests);
  return { root, blocks: new Map(Object.entries(blocks)), mutates };
}

/** A compiler that remembers: one entry per text, syntax and way of reading it. */
export function createCompiler(library: Library): CompileText {
  const bySyntax = new Map<string, Map<string, Compiled>>();
  const keys = new WeakMap<Syntax, string>();
  const kept = (syntax: Syntax, literal: boolean): Map<string, Compiled> => {
    const key = (keys.get(syntax) ?? JSON.stringify(syntax)) as string;
    keys.set(syntax, key);
    const full = `${literal}${key}`;
    const map = bySyntax.get(full) ?? new Map<string, Compiled>();
    bySyntax.set(full, map);
    return map;
  };
  return (source, syntax, literal) => {
    const map = kept(syntax, literal);
    const old = map.get(source);
    if (old) return old;
    const made = compileText(source, syntax, literal, library);
    if (map.size >= KEPT) map.delete(map.keys().next().value!);
    map.set(source, made);
    return made;
  };
}
