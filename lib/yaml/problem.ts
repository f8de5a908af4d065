import { FfeError } from '../errors/error.js';
import type { Source } from './source.js';

const BARE_TEMPLATE = /^\s*(?:- +)*(?:[^\s'"#][^'"#]*?:\s+|- +)?\{\{/;
const HALF_QUOTED = /:\s+(["']).*\1\s*\S/;

/** Ansible's well-known trap: a value that begins with an unquoted template is a YAML dict. */
export const QUOTE_HINT = 'a value that begins with {{ must be quoted: name: "{{ value }}"';

function hintFor(line: string, code: string): string | undefined {
  if (BARE_TEMPLATE.test(line)) return QUOTE_HINT;
  if (code === 'TAB_AS_INDENT' || /^\s*\t/.test(line)) return 'YAML is indented with spaces only';
  if (HALF_QUOTED.test(line)) return 'a value that begins with a quote ends with it: quote the whole value';
  if (code === 'BLOCK_AS_IMPLICIT_KEY') return "a value that contains ': ' must be quoted";
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
  const hint = hintFor(lineAt(source.text, at), code);
  return new FfeError('parse', `YAML: ${message}`, { pos: source.pos(at), hint });
}
