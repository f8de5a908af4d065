import { numberText, spelling } from '../values/exact.js';
import type { Json, JsonObject } from '../values/json.js';

/** Python's json.dumps: sorted keys, `, ` and `: ` (or lines with `indent` spaces), text as it is. */
export function dump(value: Json | undefined, indent: number | undefined, depth = 0): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value).replace(/\u007f/g, '\\u007f');
  if (typeof value === 'number') return Number.isFinite(value) ? numberText(value) : String(value);
  if (typeof value !== 'object') return String(value);
  const number = Array.isArray(value) ? undefined : spelling(value);
  if (number !== undefined) return number;
  const parts = Array.isArray(value)
    ? value.map((v) => dump(v, indent, depth + 1))
    : entries(value, indent, depth);
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  if (parts.length === 0) return open + close;
  if (indent === undefined) return `${open}${parts.join(', ')}${close}`;
  const pad = `\n${' '.repeat(indent * (depth + 1))}`;
  return `${open}${pad}${parts.join(`,${pad}`)}\n${' '.repeat(indent * depth)}${close}`;
}

function entries(object: JsonObject, indent: number | undefined, depth: number): string[] {
  return Object.keys(object)
    .filter((k) => object[k] !== undefined)
    .sort()
    .map((k) => `${JSON.stringify(k)}: ${dump(object[k], indent, depth + 1)}`);
}

const ALWAYS_HIDDEN = ['failed', 'skipped', 'exception'];
const DEBUG_HIDDEN = ['changed', 'failed', 'skipped', 'invocation', 'skip_reason'];
const DEBUG_KEPT = ['msg', 'exception', 'warnings', 'deprecations'];

function without(result: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(result).filter(([k]) => !names.includes(k)));
}

function internal(result: JsonObject): string[] {
  return Object.keys(result).filter((k) => k.startsWith('_ansible'));
}

function debugOnly(result: JsonObject): JsonObject {
  if (!('msg' in result)) return without(result, [...DEBUG_HIDDEN, ...internal(result)]);
  return Object.fromEntries(Object.entries(result).filter(([k]) => DEBUG_KEPT.includes(k)));
}

/** A result as it is printed behind `=>`: what only the engine needs is left out, as in Ansible's own output. */
export function printable(result: JsonObject, verbosity: number, isDebug: boolean): JsonObject {
  if (isDebug) return debugOnly(result);
  const hidden = verbosity < 3 ? [...ALWAYS_HIDDEN, 'invocation', 'diff'] : ALWAYS_HIDDEN;
  return without(result, [...hidden, ...internal(result)]);
}
