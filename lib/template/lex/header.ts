import { FfeError } from '../../errors/error.js';
import { truthy } from '../../values/truth.js';
import type { Value } from '../../values/value.js';
import { literal } from '../runtime/literal.js';
import type { Syntax } from './syntax.js';

const MARK = '#jinja2:';

/** Jinja2's names of what a `#jinja2:` line may override. */
const KEYS: ReadonlyMap<string, keyof Syntax> = new Map([
  ['trim_blocks', 'trimBlocks'],
  ['lstrip_blocks', 'lstripBlocks'],
  ['keep_trailing_newline', 'keepTrailingNewline'],
  ['newline_sequence', 'newlineSequence'],
  ['block_start_string', 'blockStart'],
  ['block_end_string', 'blockEnd'],
  ['variable_start_string', 'variableStart'],
  ['variable_end_string', 'variableEnd'],
  ['comment_start_string', 'commentStart'],
  ['comment_end_string', 'commentEnd'],
  ['line_statement_prefix', 'lineStatement'],
  ['line_comment_prefix', 'lineComment'],
] as const);

/** The option that one of Jinja2's names stands for, or undefined. */
export function syntaxKey(name: string): keyof Syntax | undefined {
  return KEYS.get(name);
}

/** What a rule becomes: a switch by Python's truth, a delimiter only by a text. */
function changed(old: unknown, value: Value): Value {
  if (typeof old === 'boolean') return truthy(value);
  return typeof value === 'string' ? value : (old as Value);
}

/** Takes a first line of overrides off a template. `lines` is how many lines were taken. */
export function readHeader(source: string, syntax: Syntax): { text: string; syntax: Syntax; lines: number } {
  if (!source.startsWith(MARK)) return { text: source, syntax, lines: 0 };
  const end = source.indexOf('\n');
  const overrides: Record<string, Value> = {};
  // Without a newline Ansible cuts the last character off; nobody can mean that.
  const line = source.slice(MARK.length, end === -1 ? undefined : end);
  for (const pair of line.split(',')) {
    const colon = pair.indexOf(':');
    if (colon === -1)
      throw new FfeError('parse', `the #jinja2: line has '${pair.trim()}' where 'name: value' is expected`);
    const key = KEYS.get(pair.slice(0, colon).trim());
    const value = literal(pair.slice(colon + 1).trim());
    if (value === undefined)
      throw new FfeError('parse', `the #jinja2: line has a value that cannot be read: ${pair.trim()}`);
    if (key) overrides[key] = changed(syntax[key], value);
  }
  return { text: end === -1 ? '' : source.slice(end + 1), syntax: { ...syntax, ...overrides }, lines: 1 };
}
