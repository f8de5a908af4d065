import { length } from '../values/iterate.js';
import { compare } from '../values/order.js';
import { repr, reprString } from '../values/print.js';
import { type Dict, Tuple, type Value } from '../values/value.js';
import { splitLines } from './methods/splitting.js';

const WIDTH = 80;

/** Where a value is printed: the column it starts in, what must fit behind it, and how deep it lies. */
type Place = { indent: number; allowance: number; level: number };

function sortedEntries(dict: Dict): [Value, Value][] {
  const entries = Array.from(dict);
  try {
    return entries.toSorted((a, b) => compare(a[0], b[0]));
  } catch {
    return entries;
  }
}

/** repr() with the keys of dicts in order. */
function flat(v: Value): string {
  if (v instanceof Map)
    return `{${sortedEntries(v)
      .map(([k, x]) => `${flat(k)}: ${flat(x)}`)
      .join(', ')}}`;
  if (Array.isArray(v)) return `[${v.map(flat).join(', ')}]`;
  if (v instanceof Tuple) return `(${v.items.map(flat).join(', ')}${v.items.length === 1 ? ',' : ''})`;
  return repr(v);
}

function joined(parts: string[], indent: number): string {
  return parts.join(`,\n${' '.repeat(indent)}`);
}

function list(items: readonly Value[], place: Place, close: string): string {
  const indent = place.indent + 1;
  const parts = items.map((item, i) => {
    const last = i === items.length - 1;
    return format(item, {
      indent,
      allowance: last ? place.allowance + close.length : 1,
      level: place.level + 1,
    });
  });
  return joined(parts, indent) + close;
}

function dict(v: Dict, place: Place): string {
  const indent = place.indent + 1;
  const entries = sortedEntries(v);
  const parts = entries.map(([key, value], i) => {
    const head = `${flat(key)}: `;
    const allowance = i === entries.length - 1 ? place.allowance + 1 : 1;
    return head + format(value, { indent: indent + length(head), allowance, level: place.level + 1 });
  });
  return `{${joined(parts, indent)}}`;
}

function words(line: string, width: number, lastWidth: number): string[] {
  const parts = line.match(/\S*\s*/g)?.filter((part) => part !== '') ?? [];
  const chunks: string[] = [];
  let current = '';
  for (const [i, part] of parts.entries()) {
    const room = i === parts.length - 1 ? lastWidth : width;
    if (length(reprString(current + part)) <= room) current += part;
    else {
      if (current !== '') chunks.push(reprString(current));
      current = part;
    }
  }
  return current === '' ? chunks : [...chunks, reprString(current)];
}

function string(v: string, place: Place): string {
  const top = place.level === 0 ? 1 : 0;
  const indent = place.indent + top;
  const width = WIDTH - indent;
  const lines = splitLines(v, true);
  const chunks = lines.flatMap((line, i) => {
    const lastWidth = i === lines.length - 1 ? width - place.allowance - top : width;
    return length(reprString(line)) <= lastWidth ? [reprString(line)] : words(line, width, lastWidth);
  });
  if (chunks.length <= 1) return chunks[0] ?? reprString(v);
  const body = chunks.join(`\n${' '.repeat(indent)}`);
  return top ? `(${body})` : body;
}

function format(v: Value, place: Place): string {
  const short = flat(v);
  if (length(short) <= WIDTH - place.indent - place.allowance) return short;
  if (v instanceof Map) return dict(v, place);
  if (Array.isArray(v)) return `[${list(v, place, ']')}`;
  if (v instanceof Tuple) return `(${list(v.items, place, v.items.length === 1 ? ',)' : ')')}`;
  return typeof v === 'string' ? string(v, place) : short;
}

/** A value over as many lines of 80 columns as it needs, as Python's pprint.pformat() prints it. */
export function prettyPrint(v: Value): string {
  return format(v, { indent: 0, allowance: 0, level: 0 });
}
