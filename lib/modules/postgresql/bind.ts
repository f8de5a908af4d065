import type { Json, JsonObject } from '../../values/json.js';
import { literal } from './sql.js';

function arrayText(values: readonly Json[]): string {
  const one = (v: Json): string => {
    if (v === null) return 'NULL';
    if (Array.isArray(v)) return arrayText(v);
    return typeof v === 'string'
      ? `"${v.replace(/["\\]/g, '\\$&')}"`
      : typeof v === 'object'
        ? one(JSON.stringify(v))
        : String(v);
  };
  return `{${values.map(one).join(',')}}`;
}

/** A value of the controller as SQL; a list becomes an array, a dict JSON. */
export function sqlValue(value: Json): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return value < 0 ? ` ${value}` : String(value);
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return literal(arrayText(value));
  return literal(typeof value === 'string' ? value : JSON.stringify(value));
}

/**
 * Puts values in the places of `%s` or `%(name)s`, `%%` being a percent sign, as Python's database interface does
 * (PEP 249, `pyformat`). Without values the text stays as it is. Throws when a value is missing.
 */
export function bind(sql: string, values: readonly Json[] | JsonObject | undefined): string {
  if (values === undefined) return sql;
  let next = 0;
  const bound = sql.replace(/%(?:%|\(([^)]*)\)s|s)/g, (mark, name: string | undefined) => {
    if (mark === '%%') return '%';
    const value = Array.isArray(values)
      ? (values as readonly Json[])[next++]
      : (values as JsonObject)[name ?? ''];
    if (value === undefined) throw new RangeError(`there is no value for ${mark}`);
    return sqlValue(value);
  });
  if (Array.isArray(values) && next < values.length)
    throw new RangeError(`there are ${values.length} values for ${next} places`);
  return bound;
}
