import type { Value } from '../../values/value.js';
import type { Test } from '../library.js';
import { asText, flag, oneOf, text } from '../read.js';
import { pattern } from '../regex/pattern.js';
import { is } from '../signature.js';

const TYPES = ['search', 'match', 'fullmatch'] as const;

function matches(input: Value, how: (typeof TYPES)[number], args: (Value | undefined)[]): boolean {
  const [source = '', ignorecase, multiline] = args;
  const compiled = pattern(asText(source, 'a pattern'), { i: flag(ignorecase), m: flag(multiline) });
  if (how === 'search') return compiled.search(text(input)) !== undefined;
  return compiled.match(text(input), how === 'fullmatch') !== undefined;
}

/** Tests by a regular expression, in Python's syntax. */
export const patternTests: Record<string, Test> = {
  search: is('pattern? ignorecase? multiline?', (v, args) => matches(v, 'search', args)),
  match: is('pattern? ignorecase? multiline?', (v, args) => matches(v, 'match', args)),
  regex: is('pattern? ignorecase? multiline? match_type?', (v, args) =>
    matches(v, oneOf(args[3] ?? 'search', TYPES, 'match_type'), args),
  ),
};
