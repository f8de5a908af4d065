import type { Redactor } from '../secrets/redactor.js';
import type { Vault } from '../secrets/vault.js';
import { parseYaml } from '../yaml/load.js';

/** In a file of variables, shorter texts are words (yes, root, main) rather than secrets; hiding them would hide everything. */
const SHORTEST = 6;

function* texts(value: unknown): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value) yield* texts(item);
  else if (value instanceof Map) for (const item of value.values()) yield* texts(item);
}

/** The secrets in what was sealed: the values of a file of variables, or the whole text where it is not one. */
function secretsIn(text: string): string[] {
  try {
    const value = parseYaml(text, 'vault');
    if (value instanceof Map) return [...texts(value)].filter((t) => t.length >= SHORTEST);
    return Array.isArray(value) ? [] : [text];
  } catch {
    return [text];
  }
}

/** A vault that makes everything it opens known to the redactor. */
export function knowingVault(vault: Vault, redactor: Redactor): Vault {
  const note = (text: string): string => {
    for (const secret of secretsIn(text)) redactor.add(secret);
    return text;
  };
  return {
    ...vault,
    open: (envelope, file) => note(vault.open(envelope, file)),
    openBytes: (envelope, file) => {
      const data = vault.openBytes(envelope, file);
      // What holds NUL bytes is no text, and turns up in none.
      if (!data.includes(0)) note(data.toString('utf8'));
      return data;
    },
  };
}
