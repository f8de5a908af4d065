import { FfeError } from '../errors/error.js';
import { keyPos, type Pos, posOf } from '../values/position.js';
import { str } from '../values/print.js';
import { typeName } from '../values/typename.js';
import { type Raw, Sealed, Unsafe, type Value } from '../values/value.js';
import { textPos } from '../yaml/marks.js';
import type { At } from './tree.js';

/** A dict as YAML gives it. */
export type Dict = Map<Value, Raw>;

/** What an error calls a value: Python's name of its type. */
export function kindOf(value: Raw | undefined): string {
  if (value === undefined || value === null) return 'nothing';
  return value instanceof Unsafe || value instanceof Sealed ? 'str' : typeName(value as Value);
}

/** The place of a container, or else the beginning of its file. */
export function placeOf(container: unknown, file: string, key?: unknown): Pos {
  return posOf(container, key) ?? { file, line: 1, col: 1 };
}

/** The place of a value: of a text its first character, behind the quote or the block's head, so that columns count in it. */
function valuePos(container: unknown, file: string, key: unknown, value: Raw): Pos {
  const inside = typeof value === 'string' ? textPos(container, key, 1, 1) : undefined;
  return inside ?? placeOf(container, file, key);
}

/** The value under a key with its place, or undefined when it is absent. */
export function at(dict: Dict, key: string, file: string): At | undefined {
  const value = dict.get(key);
  return value === undefined ? undefined : { value, pos: valuePos(dict, file, key, value) };
}

/** The value under a key as a list of values with places: a list's items, one value alone, nothing for null. */
export function atList(dict: Dict, key: string, file: string): At[] {
  const value = dict.get(key);
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) return [{ value, pos: valuePos(dict, file, key, value) }];
  return (value as Raw[]).map((item, i) => ({ value: item, pos: valuePos(value, file, i, item) }));
}

/** A plain string, or undefined for anything else. */
export function textOf(value: Raw | undefined): string | undefined {
  if (typeof value === 'string') return value;
  if (value instanceof Unsafe) return value.text;
  return typeof value === 'number' || typeof value === 'bigint' ? str(value) : undefined;
}

/** True for a text that holds a template. */
export function isTemplate(value: unknown): value is string {
  return typeof value === 'string' && (value.includes('{{') || value.includes('{%'));
}

/** An error about a key of a dict: of the playbook's form when that key is none. */
export function keyError(
  code: 'unknown-name' | 'bad-value' | 'unsupported',
  message: string,
  dict: Dict,
  key: Value,
  hint?: string,
): FfeError {
  return new FfeError(code, message, {
    pos: keyPos(dict, key),
    span: str(key).length,
    hint,
    form: code !== 'bad-value',
  });
}
