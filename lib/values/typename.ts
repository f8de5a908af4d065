import { Special } from './special.js';
import { Undefined } from './undefined.js';
import { Bytes, PyFloat, Tuple, type Value } from './value.js';

/** Python's name of a value's type: `int`, `str`, `NoneType` ... */
export function typeName(v: Value | Undefined): string {
  if (v === null) return 'NoneType';
  if (typeof v === 'string') return 'str';
  if (typeof v === 'boolean') return 'bool';
  if (typeof v === 'bigint') return 'int';
  if (typeof v === 'number') return Number.isInteger(v) ? 'int' : 'float';
  if (Array.isArray(v)) return 'list';
  if (v instanceof Map) return 'dict';
  if (v instanceof PyFloat) return 'float';
  if (v instanceof Tuple) return 'tuple';
  if (v instanceof Bytes) return 'bytes';
  if (v instanceof Undefined) return v.lax ? 'Undefined' : 'AnsibleUndefined';
  return v instanceof Special ? v.kind : typeof v;
}
