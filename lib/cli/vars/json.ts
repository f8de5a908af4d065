import { toJson } from '../../values/convert.js';
import type { Json, JsonObject } from '../../values/json.js';
import type { Explained, Source } from '../../vars/explain.js';
import { masked } from './masked.js';

function sourceJson(name: string, source: Source): JsonObject {
  const { level, number, owner, pos, file, raw } = source;
  return {
    level,
    precedence: number,
    ...(owner ? { owner } : {}),
    ...(pos ? { file: pos.file, line: pos.line, column: pos.col } : file ? { file } : {}),
    ...(raw === undefined ? {} : { raw: toJson(masked(name, raw)) }),
  };
}

/** A variable as JSON: `name`, `value` or `error`, `from` and `over` with level, file, line, column and raw value. */
export function variableJson({ name, value, from, over }: Explained): Json {
  return {
    name,
    ...(value instanceof Error ? { error: value.message } : { value: toJson(masked(name, value)) }),
    from: sourceJson(name, from),
    over: over.map((source) => sourceJson(name, source)),
  };
}
