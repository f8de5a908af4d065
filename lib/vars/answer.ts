import { FfeError } from '../errors/error.js';
import { readJson } from '../template/json-read.js';
import type { Templater } from '../template/templater.js';
import { jsonKey, toJson } from '../values/convert.js';
import { reprFloat } from '../values/print.js';
import { Special } from '../values/special.js';
import { PyFloat, Tuple, type Value } from '../values/value.js';
import { readTrial, runTrial } from './try.js';

/**
 * A value as one line of JSON: tuples as lists, keys as text. Unlike JSON.stringify it keeps every digit of large
 * integers, and the `.0` of floats, which readers in other languages tell apart.
 */
export function jsonLine(v: Value): string {
  if (typeof v === 'bigint') return String(v);
  if (v instanceof PyFloat && Number.isFinite(v.value)) return reprFloat(v.value);
  if (Array.isArray(v)) return `[${v.map(jsonLine).join(',')}]`;
  if (v instanceof Tuple) return `[${v.items.map(jsonLine).join(',')}]`;
  if (v instanceof Map) {
    const entries = [...v].map(([key, value]) => `${JSON.stringify(jsonKey(key))}:${jsonLine(value)}`);
    return `{${entries.join(',')}}`;
  }
  const plain = v instanceof Special ? (v.face.plain?.() ?? v.face.finish?.()) : undefined;
  if (plain !== undefined) return jsonLine(plain);
  return JSON.stringify(toJson(v));
}

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const pos = error instanceof FfeError ? error.pos : undefined;
  return pos ? `${error.message} (${pos.file}:${pos.line}:${pos.col})` : error.message;
}

/**
 * Answers one line `{id, kind, source, vars, files?, opts?}` of `ffe-provision render` by one line `{id, value}` or
 * `{id, error}`, whatever the line holds. Never throws.
 */
export function answerLine(templater: Templater, line: string): string {
  let id = 'null';
  try {
    const json = readJson(line);
    if (!(json instanceof Map)) throw new FfeError('bad-value', 'a line must be an object');
    id = jsonLine(json.get('id') ?? null);
    return `{"id":${id},"value":${jsonLine(runTrial(templater, readTrial(json)))}}`;
  } catch (error) {
    return `{"id":${id},"error":${JSON.stringify(reason(error))}}`;
  }
}
