import type { Json, JsonObject } from '../../values/json.js';

function text(value: Json | undefined): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Filters of a list as the engine takes them: texts in lists. Undefined when there are none. */
export function filterText(filters: JsonObject | undefined): string | undefined {
  const given = Object.entries(filters ?? {});
  if (given.length === 0) return undefined;
  return JSON.stringify(
    Object.fromEntries(given.map(([k, v]) => [k, Array.isArray(v) ? v.map(text) : [text(v)]])),
  );
}
