import { FfeError } from '../errors/error.js';
import type { Source } from './source.js';

const BARE_TEMPLATE = /^\s*(?:- +)*(?:[^\s'"#][^'"#]*?:\s+|- +)?\{\{/;
const HALF_QUOTED = /:\s+(["']).*\1\s*\S/;

/** Ansible's well-known trap: a value that begins with an unquoted template is a YAML dict. */
export const QUOTE_HINT = 'a value that begins with {{ must be quoted: name: "{{ value }}"';

const COLUMN = /^[\s-]*/;

/** A mapping in a value: either the value has a colon, or the line below was indented by one step too many. */
function nestedHint(line: string, below: string): string {
  const deeper = COLUMN.exec(below)![0].length > COLUMN.exec(line)![0].length;
  return deeper && !/:\s.*:(?:\s|$)/.test(line)
    ? `the next line begins further to the right: keys of one dict begin in one column`
    : "a value that contains ': ' must be quoted";
}

function hintFor(line: string, below: string, code: string): string | undefined {
  if (BARE_TEMPLATE.test(line)) return QUOTE_HINT;
  if (code === 'TAB_AS_INDENT' || /^\s*\t/.test(line)) return 'YAML is indented with spaces only';
  if (HALF_QUOTED.test(line)) return 'a value that begins with a quote ends with it: quote the whole value';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return nestedHint(line, below);
  if (code === 'MISSING_CHAR' && /['"]/.test(line)) return 'a quote may be missing';
  return undefined;
}

function lineAt(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  const end = text.indexOf('\n', offset);
  return text.slice(start, end < 0 ? text.length : end);
}

/** A YAML error at an offset; `code` is the yaml package's own, and picks the hint. */
export function yamlError(source: Source, offset: number, message: string, code = ''): FfeError {
  const at = Math.min(offset, Math.max(0, source.text.length - 1));
  const line = lineAt(source.text, at);
  const end = source.text.indexOf('\n', at);
  const hint = hintFor(line, end < 0 ? '' : lineAt(source.text, end + 1), code);
  return new FfeError('parse', `YAML: ${message}`, { pos: source.pos(at), hint, form: true });
}
