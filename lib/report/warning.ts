import type { JsonObject } from '../values/json.js';
import { wrapLine } from '../values/wrap-text.js';
import type { Paint } from './paint.js';

const WRAP = { width: 79, breakLong: true, breakHyphens: true };

/**
 * Says each warning once, wrapped as Ansible wraps its warnings; lines of a text stay lines. `err` gets the whole.
 */
export function warner(err: (text: string) => void, paint: Paint): (text: string) => void {
  const said = new Set<string>();
  return (text) => {
    if (said.has(text)) return;
    said.add(text);
    const lines = `[WARNING]: ${text}`.split('\n').flatMap((line) => wrapLine(line, WRAP));
    err(paint('warning', lines.join('\n')));
  };
}

/** What a result warns of. */
export function warningsOf(result: JsonObject): string[] {
  return Array.isArray(result.warnings) ? result.warnings.map(String) : [];
}
