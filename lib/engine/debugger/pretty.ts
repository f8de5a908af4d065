import { repr } from '../../values/print.js';
import { Tuple, type Value } from '../../values/value.js';

const WIDTH = 80;

/** A value over as many lines as it needs, as Python's pprint lays it out: keys in order, an entry a line. */
export function pretty(value: Value, indent = 0): string {
  const line = repr(value);
  if (indent + line.length <= WIDTH) return line;
  const space = ' '.repeat(indent + 1);
  if (value instanceof Map && value.size > 0) {
    const entries = [...value].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    const shown = entries.map(([k, v]) => {
      const key = `${repr(k)}: `;
      return key + pretty(v, indent + 1 + key.length);
    });
    return `{${shown.join(`,\n${space}`)}}`;
  }
  const items = value instanceof Tuple ? value.items : value;
  if (!Array.isArray(items) || items.length === 0) return line;
  const [open, close] = value instanceof Tuple ? ['(', ')'] : ['[', ']'];
  return `${open}${items.map((item: Value) => pretty(item, indent + 1)).join(`,\n${space}`)}${close}`;
}
