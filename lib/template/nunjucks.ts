import nunjucks from 'nunjucks';

/** A position in a template's source; both count from 0, as nunjucks counts. */
export type At = { readonly lineno: number; readonly colno: number };

/** A class of nunjucks' own object system. */
export type Extendable<T> = {
  new (...args: never[]): T;
  extend<P extends object>(name: string, props: P): Extendable<T & P>;
  readonly prototype: T;
};

/** What of nunjucks' tokenizer other tokenizers delegate to. */
export type BaseTokenizer = { readonly tags: Readonly<Record<string, string>> };

/** The plumbing of nunjucks' parser that stays in use. */
export type BaseParser = {
  init(tokens: unknown): void;
  fail(message: string, lineno?: number, colno?: number): never;
};

/** The plumbing of nunjucks' compiler that stays in use. */
export type BaseCompiler = {
  codebuf: string[];
  init(name: string, throwOnUndefined: boolean): void;
  compile(node: At & { readonly typename: string }, frame: unknown): void;
  fail(message: string, lineno?: number, colno?: number): never;
  getCode(): string;
  _emit(code: string): void;
  _tmpid(): string;
};

type Internals = {
  lexer: { lex(source: string): BaseTokenizer; [constant: string]: unknown };
  parser: { Parser: Extendable<BaseParser> };
  compiler: { Compiler: Extendable<BaseCompiler> };
  nodes: { Node: Extendable<At & { readonly typename: string }> };
};

// nunjucks exports these classes, but its published types leave them out.
const internals = nunjucks as unknown as Internals;

/** The prototype of nunjucks' tokenizer, whose class is not exported. */
export const tokenizerPrototype = Object.getPrototypeOf(internals.lexer.lex('')) as BaseTokenizer;

/** nunjucks' parser, to be extended. */
export const Parser = internals.parser.Parser;

/** nunjucks' compiler, to be extended. */
export const Compiler = internals.compiler.Compiler;

/** nunjucks' root of all syntax tree nodes. */
export const Node = internals.nodes.Node;
