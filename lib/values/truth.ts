import { Special } from './special.js';
import { Bytes, PyFloat, Tuple, type Value } from './value.js';

/** Python's truth: zero, '', None, False and empty containers are false. */
export function truthy(v: Value): boolean {
  if (v === null || typeof v !== 'object') return Boolean(v);
  if (Array.isArray(v)) return v.length > 0;
  if (v instanceof Map) return v.size > 0;
  if (v instanceof PyFloat) return v.value !== 0;
  if (v instanceof Tuple) return v.items.length > 0;
  if (v instanceof Bytes) return v.data.length > 0;
  if (v instanceof Special) return v.face.truth?.() ?? (v.face.size ? v.face.size() > 0 : true);
  return true;
}
