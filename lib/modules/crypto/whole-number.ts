import { exactNumber, spelling } from '../../values/exact.js';
import type { Json, JsonObject } from '../../values/json.js';
import { int } from '../../values/number.js';

/** A whole number of any size as results hold it. */
export function wholeNumber(n: bigint): Json {
  const value = int(n);
  return exactNumber(value) ?? Number(value);
}

/** A whole number of any size, from an argument or a result. */
export function asBigint(json: Json): bigint {
  const text = typeof json === 'object' ? spelling(json as JsonObject) : String(json);
  return BigInt(text ?? '0');
}
