const PLAIN = /^[A-Za-z0-9_@%+:,./-]+$/;
const RESERVED = /^(?:if|then|elif|else|fi|case|esac|for|in|while|until|do|done)$/;

/**
 * Quotes a text as one word of a POSIX shell: single quotes, in which nothing has a meaning. Bytes that are not
 * UTF-8 (held as U+DC80..U+DCFF, see bytes.ts) are printed by the shell's own `printf`.
 * Throws on NUL, which no argument of a program can hold.
 */
export function quote(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text)) return text;
  if (text.includes('\0')) throw new RangeError('a shell word cannot hold a NUL character');
  const quoted = `'${text.replace(/'/g, "'\\''")}'`;
  return quoted.replace(/(?<![\uD800-\uDBFF])[\uDC80-\uDCFF]+/g, (run) => `'${printed(run)}'`);
}

/** A run of bytes through command substitution: it never ends in a newline, so nothing is cut off. */
function printed(run: string): string {
  const octal = Array.from(run, (c) => `\\${(c.charCodeAt(0) & 0xff).toString(8)}`).join('');
  return `"$(printf '${octal}')"`;
}

/** Quotes words and joins them by spaces. */
export function quoteAll(words: readonly string[]): string {
  return words.map(quote).join(' ');
}

/** Sh source of a command that prints a text as it is, without a newline. */
export function printText(text: string): string {
  return `printf %s ${quote(text)}`;
}
