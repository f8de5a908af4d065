import type { Pos } from '../values/position.js';
import type { Value } from '../values/value.js';
import type { HostFiles, Scope } from './library.js';

/** Overrides of a template's syntax and whitespace rules (`#jinja2:` header, the template module's arguments). */
export type TemplateOptions = {
  trimBlocks?: boolean;
  lstripBlocks?: boolean;
  keepTrailingNewline?: boolean;
  newlineSequence?: '\n' | '\r\n' | '\r';
  blockStart?: string;
  blockEnd?: string;
  variableStart?: string;
  variableEnd?: string;
  commentStart?: string;
  commentEnd?: string;
};

/**
 * Where a templated string was written: `pos` is the first character of the string itself (after a quote); `place`
 * finds any other of its lines and columns, both from 1, where indentation or quotes come between.
 */
export type Origin = {
  readonly pos?: Pos | undefined;
  readonly place?: (line: number, col: number) => Pos | undefined;
};

/** Evaluates templates against a scope. One per run; compiled templates are cached by source text. */
export type Templater = {
  /** A string of a playbook, typed as Ansible's default mode types it. A string without delimiters comes back as it is. */
  value(source: string, scope: Scope, files: HostFiles, origin?: Origin): Value;
  /** Like `value`, and whether the result is text that must stay text (see `Scope.native`). */
  typed(source: string, scope: Scope, files: HostFiles, origin?: Origin): { value: Value; native: boolean };
  /** The text of a .j2 file. */
  file(source: string, name: string, scope: Scope, files: HostFiles, options?: TemplateOptions): string;
  /** A bare `when` expression (or one that holds delimiters). */
  condition(source: string, scope: Scope, files: HostFiles, origin?: Origin): boolean;
  /** A bare expression (`debug: var=`, `until`, loop conditions), typed. */
  expression(source: string, scope: Scope, files: HostFiles, origin?: Origin): Value;
  /** A lookup called by name (`with_items` and friends). */
  lookup(
    name: string,
    terms: Value[],
    kwargs: ReadonlyMap<string, Value>,
    scope: Scope,
    files: HostFiles,
  ): Value[];
  /** Checks syntax, filter and test names without a scope; throws an FfeError with position. */
  check(source: string, kind: 'value' | 'file' | 'condition', origin?: Origin): void;
  /** Whether a text can be a template, when the delimiters are not the usual ones; left out, they are. */
  readonly may?: (text: string) => boolean;
  /** Values are Jinja2's native types (`jinja2_native`). */
  readonly native: boolean;
  /** The names a template reads from its scope, for static checks and look-ahead. */
  reads(source: string, kind: 'value' | 'condition'): ReadonlySet<string>;
};
