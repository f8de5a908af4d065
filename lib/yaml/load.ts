import { Composer, type CST, Lexer, type ParsedNode, Parser } from 'yaml';
import { FfeError } from '../errors/error.js';
import type { DateTime } from '../values/datetime.js';
import type { Pos } from '../values/position.js';
import type { Raw, Value } from '../values/value.js';
import { constructRoot } from './construct.js';
import { laxLexer } from './lexer.js';
import { yamlError } from './problem.js';
import { type Source, sourceOf } from './source.js';

/** What becomes of a key that is written twice in a dict: with `warn` and `ignore` the last one counts. */
export type DuplicateKeys = 'error' | 'warn' | 'ignore';

/** Options of parsing: `warn` is told of duplicate keys, `date` makes the value of a date (which else stays text). */
export type YamlOptions = {
  readonly warn?: (text: string, pos: Pos) => void;
  readonly duplicates?: DuplicateKeys | undefined;
  readonly date?: (d: DateTime) => Value;
};

// Only structure is left to the package: with the failsafe schema every scalar stays text, and `scalar.ts` types it
// as PyYAML does.
const STRUCTURE = { schema: 'failsafe', version: '1.1', uniqueKeys: false, prettyErrors: false } as const;

// What YAML 1.1 calls printable (section 4.1.1); anything else must be written as an escape.
const UNPRINTABLE = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function checkPrintable(source: Source): void {
  const found = UNPRINTABLE.exec(source.text);
  if (!found) return;
  const code = found[0].codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0');
  throw yamlError(source, found.index, `the character U+${code} may not stand in a YAML file`);
}

type Composed = { root: ParsedNode | null; problem?: FfeError };

// Composing is recursive, and an engine that runs out of stack within a regular expression ends the whole process.
const DEEPEST = 500;

function* lexed(source: Source, lexer: Lexer): Generator<CST.Token> {
  const parser = new Parser();
  for (const lexeme of lexer.lex(source.text)) {
    yield* parser.next(lexeme);
    if (parser.stack.length > DEEPEST)
      throw yamlError(source, parser.offset, `nested too deeply; the limit is ${DEEPEST} levels`);
  }
  yield* parser.end();
}

function composeWith(source: Source, lexer: Lexer): Composed {
  let root: ParsedNode | null | undefined;
  for (const doc of new Composer(STRUCTURE).compose(lexed(source, lexer))) {
    const problem = doc.errors[0];
    if (problem)
      return { root: null, problem: yamlError(source, problem.pos[0], problem.message, problem.code) };
    if (root !== undefined) {
      const message = 'a second document begins here; a file holds one';
      return { root: null, problem: yamlError(source, doc.range[0], message) };
    }
    root = doc.contents as ParsedNode | null;
  }
  return { root: root ?? null };
}

function composeOne(source: Source): ParsedNode | null {
  const strict = composeWith(source, new Lexer());
  if (!strict.problem) return strict.root;
  const lax = composeWith(source, laxLexer());
  if (lax.problem) throw strict.problem;
  return lax.root;
}

/** In PyYAML's words, which playbooks look for. */
const duplicate = (key: string): string => `found a duplicate dict key (${key})`;

/**
 * Parses a YAML text with the rules of PyYAML (YAML 1.1) and Ansible's tags. Dicts and lists carry positions
 * (values/position). An empty text is null. Throws an FfeError with position.
 */
export function parseYaml(text: string, file: string, options: YamlOptions = {}): Raw {
  const source = sourceOf(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, file);
  const { duplicates = 'warn' } = options;
  const twice = (key: string, offset: number): void => {
    if (duplicates === 'error') throw yamlError(source, offset, duplicate(key));
    const pos = source.pos(offset);
    if (duplicates === 'warn')
      options.warn?.(`${duplicate(key)}; the last one counts: ${file}:${pos.line}:${pos.col}`, pos);
  };
  try {
    checkPrintable(source);
    const root = composeOne(source);
    return root ? constructRoot(root, source, twice, options.date) : null;
  } catch (error) {
    if (error instanceof RangeError)
      throw new FfeError('parse', 'YAML: nested too deeply', { pos: source.pos(0), cause: error });
    throw error instanceof FfeError && /^\s*[[{]/.test(text) ? withJsonError(error, text) : error;
  }
}

/** The error of a text that may be meant as JSON, with what is wrong about it as such. */
function withJsonError(error: FfeError, text: string): FfeError {
  const { code, message, pos, span, hint, notes, cause } = error;
  try {
    JSON.parse(text);
    return error;
  } catch (problem) {
    const why = `JSON: ${problem instanceof Error ? problem.message : String(problem)}`;
    return new FfeError(code, message, { pos, span, hint, notes: [...notes, why], cause });
  }
}
