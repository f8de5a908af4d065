import type { Syntax } from './syntax.js';
import { normalize, tokenize } from './tokenizer.js';

/**
 * Doubles the backslashes of string literals inside `{{ }}` (not in `{% %}`, not in raw blocks), as Ansible does for
 * strings of playbooks, so that `'\\1'` written there reaches a filter as `\1`.
 */
export function doubleBackslashes(source: string, syntax: Syntax): string {
  if (!source.includes('\\') || !source.includes('{{')) return source;
  const text = normalize(source, syntax);
  let out = '';
  let done = 0;
  let inVariable = false;
  for (const token of tokenize(source, syntax).list) {
    if (token.type === 'variable-start') inVariable = true;
    if (token.type === 'variable-end') inVariable = false;
    if (!inVariable || token.type !== 'string') continue;
    out += text.slice(done, token.start) + token.value.replaceAll('\\', '\\\\');
    done = token.end;
  }
  return out + text.slice(done);
}
