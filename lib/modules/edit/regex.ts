import { type Match, type Pattern, pattern } from '../../template/regex/pattern.js';
import { substitute } from '../../template/regex/replacement.js';
import { WishError } from '../file-attributes.js';
import { argText } from './bytes.js';

export type { Match, Pattern } from '../../template/regex/pattern.js';

/** A bad pattern or replacement is the user's mistake, told as the module's failure. */
function told<T>(run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new WishError(error instanceof Error ? error.message : String(error));
  }
}

/** A pattern of Python's re for texts; `m` and `s` as its flags. */
export function textPattern(source: string, flags: { m?: boolean; s?: boolean } = {}): Pattern {
  return told(() => pattern(source, flags));
}

/** A pattern as Python matches it in bytes (edit/bytes). */
export function bytePattern(source: string): Pattern {
  return told(() => pattern(argText(source), { a: true }));
}

/** Every match replaced by a template with groups. */
export function replaceAll(regex: Pattern, template: string, text: string): string {
  return told(() => substitute(regex, template, text));
}

/** A template with groups, filled from one match. */
export function expand(regex: Pattern, template: string, match: Match): string {
  const only: Pattern = { ...regex, all: () => [{ index: 0, groups: match.groups }] };
  return replaceAll(only, template, match.groups[0] ?? '');
}
