import { findKey } from '../values/equal.js';
import { type Marks, mark, marksOf, type Pos } from '../values/position.js';
import type { Raw, Value } from '../values/value.js';
import { innerOffset } from './inner.js';
import type { Source } from './source.js';

/** Marks of a container that came from YAML: they also know the offsets in the source. */
type YamlMarks = Marks & {
  readonly source: Source;
  readonly offset: (key: unknown) => number | undefined;
  readonly entries?: Entries;
};

/** Attaches the offsets of a list and its items. */
export function markList(list: Raw[], source: Source, start: number, offsets: readonly number[]): Raw[] {
  const at = (key: unknown) => (typeof key === 'number' ? offsets[key] : undefined);
  return mark(
    list,
    yamlMarks(source, start, () => undefined, at),
  );
}

/** Offsets of a dict's entries: its key and its value, by the key itself. */
export type Entries = Map<Value, { readonly key: number; readonly value: number }>;

/** The offsets of a dict's entries, empty for one that did not come from YAML. */
export function entriesOf(dict: unknown): Entries {
  return (marksOf(dict) as YamlMarks | undefined)?.entries ?? new Map();
}

/** Attaches the offsets of a dict, its keys and its values. */
export function markDict(
  dict: Map<Value, Raw>,
  source: Source,
  start: number,
  entries: Entries,
): Map<Value, Raw> {
  const find = (key: unknown) => {
    const known = entries.get(key as Value);
    if (known || typeof key === 'string') return known;
    const same = findKey(entries, key as Value);
    return same === undefined ? undefined : entries.get(same);
  };
  const keyOffset = (key: unknown) => find(key)?.key;
  const marks = yamlMarks(source, start, keyOffset, (key) => find(key)?.value, entries);
  return mark(dict, marks);
}

function yamlMarks(
  source: Source,
  start: number,
  keyOffset: (key: unknown) => number | undefined,
  offset: (key: unknown) => number | undefined,
  entries?: Entries,
): YamlMarks {
  const place = (at: number | undefined) => (at === undefined ? undefined : source.pos(at));
  return {
    source,
    offset,
    entries,
    get self() {
      return source.pos(start);
    },
    key: (key) => place(keyOffset(key)),
    value: (key) => place(offset(key)),
  };
}

/**
 * The place of a character inside a string that stands under a key or index of a container: `line` and `col` count
 * from 1 in the string's value. Block scalars, quotes, escapes and folding are seen through. Undefined when the
 * container did not come from YAML.
 */
export function textPos(container: unknown, key: unknown, line: number, col: number): Pos | undefined {
  const marks = marksOf(container) as YamlMarks | undefined;
  const start = marks?.offset?.(key);
  if (!marks || start === undefined) return undefined;
  const text = textUnder(container, key);
  if (text === undefined) return marks.source.pos(start);
  return marks.source.pos(innerOffset(marks.source.text, start, text, line, col));
}

function textUnder(container: unknown, key: unknown): string | undefined {
  const value = container instanceof Map ? container.get(key) : (container as unknown[])[key as number];
  if (typeof value === 'string') return value;
  const text = (value as { text?: unknown } | undefined)?.text;
  return typeof text === 'string' ? text : undefined;
}
