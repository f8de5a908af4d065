import type { Json } from '../../values/json.js';

function text(value: string): string {
  const escaped = JSON.stringify(value);
  return escaped.replace(/[\u007f-\uffff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** JSON as Python's json.dumps writes it: blanks after commas and colons, everything beyond ASCII escaped. */
export function jsonText(value: Json | undefined): string {
  if (typeof value === 'string') return text(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(', ')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
  return `{${Object.entries(value)
    .map(([key, item]) => `${text(key)}: ${jsonText(item)}`)
    .join(', ')}}`;
}
