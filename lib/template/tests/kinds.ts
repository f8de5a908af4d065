import { isMarkup } from '../../values/markup.js';
import { isFloat, isInt, isNumber } from '../../values/number.js';
import { Special, stringOf } from '../../values/special.js';
import { truthy } from '../../values/truth.js';
import { isMissing, Undefined } from '../../values/undefined.js';
import { Bytes, Tuple, type Value } from '../../values/value.js';
import type { Test } from '../library.js';
import { flag, text } from '../read.js';
import { is, looseIs } from '../signature.js';

const YES = ['y', 'yes', 'on', '1', 'true', 't'];
const NO = ['n', 'no', 'off', '0', 'false', 'f'];

/** Ansible's strict reading of a truth value (yes, on, 1.0 ...), or undefined for anything else. */
export function asBoolean(v: Value): boolean | undefined {
  if (typeof v === 'boolean') return v;
  const word =
    typeof v === 'string' ? v.toLowerCase().trim() : isNumber(v) ? String(text(v)).replace(/\.0$/, '') : '';
  if (YES.includes(word)) return true;
  return NO.includes(word) ? false : undefined;
}

function isIterable(v: Value): boolean {
  if (v instanceof Special) return v.face.iterate !== undefined;
  return (
    typeof v === 'string' || Array.isArray(v) || v instanceof Map || v instanceof Tuple || v instanceof Bytes
  );
}

function isSequence(v: Value): boolean {
  if (v instanceof Special) return v.kind === 'range';
  return isIterable(v);
}

const cased = (s: string): boolean => s.toLowerCase() !== s.toUpperCase();

const truth = (v: Value, convert: Value | undefined): boolean =>
  truthy(flag(convert) ? (asBoolean(v) ?? v) : v);

/** Tests of what kind of value something is. */
export const kindTests: Record<string, Test> = {
  defined: looseIs('', (v) => !isMissing(v)),
  undefined: looseIs('', (v) => isMissing(v)),
  none: looseIs('', (v) => v === null),
  boolean: looseIs('', (v) => typeof v === 'boolean'),
  true: looseIs('', (v) => v === true),
  false: looseIs('', (v) => v === false),
  integer: looseIs('', (v) => isInt(v)),
  float: looseIs('', (v) => isFloat(v)),
  number: looseIs('', (v) => isNumber(v) || typeof v === 'boolean'),
  string: looseIs('', (v) => stringOf(v) !== undefined),
  mapping: looseIs('', (v) => v instanceof Map),
  sequence: looseIs('', (v) => !(v instanceof Undefined) && isSequence(v)),
  iterable: is('', (v) => isIterable(v)),
  callable: looseIs('', (v) => v instanceof Special && v.face.call !== undefined),
  escaped: looseIs('', (v) => isMarkup(v)),
  lower: is('', (v) => cased(text(v)) && text(v) === text(v).toLowerCase()),
  upper: is('', (v) => cased(text(v)) && text(v) === text(v).toUpperCase()),
  truthy: is('convert_bool?', (v, [convert]) => truth(v, convert)),
  falsy: is('convert_bool?', (v, [convert]) => !truth(v, convert)),
  vault_encrypted: looseIs('', (v, _args, { host }) =>
    typeof v === 'string' ? host.sealed?.has(v) === true : v instanceof Undefined && !isMissing(v),
  ),
};
