import { isMarkup } from '../../values/markup.js';
import { isFloat } from '../../values/number.js';
import { str } from '../../values/print.js';
import { Special } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import { Bytes, Tuple, type Value } from '../../values/value.js';
import type { Method, Methods } from '../methods/bind.js';
import { dictMethods } from '../methods/dicts.js';
import { formatMethods } from '../methods/format.js';
import { letterMethods } from '../methods/letters.js';
import { listMethods, tupleMethods } from '../methods/lists.js';
import { markupMethods } from '../methods/markup.js';
import { bytesMethods, floatMethods, intMethods, numberAttr } from '../methods/numbers.js';
import { splittingMethods } from '../methods/splitting.js';
import { textMethods } from '../methods/text.js';

const strMethods: Methods<string> = new Map([
  ...textMethods,
  ...letterMethods,
  ...splittingMethods,
  ...formatMethods,
]);

const safeMethods = markupMethods(strMethods);

/** The method table of a value's type; only these are reachable, never JavaScript's own. */
function tableOf(v: Value): Methods<never> | undefined {
  if (typeof v === 'string') return strMethods;
  if (Array.isArray(v)) return listMethods;
  if (v instanceof Map) return dictMethods;
  if (v instanceof Tuple) return tupleMethods;
  if (v instanceof Bytes) return bytesMethods;
  if (isFloat(v)) return floatMethods;
  if (isMarkup(v)) return safeMethods;
  return v === null || typeof v === 'object' ? undefined : intMethods;
}

/** A method of a value by name, unbound. */
export function methodOf(v: Value, name: string): Method<Value> | undefined {
  return tableOf(v)?.get(name) as Method<Value> | undefined;
}

/** Python's type of a value, as far as templates look at it: its name. */
function classOf(v: Value): Special {
  const name = typeName(v);
  return new Special('type', {
    text: () => `<class '${name}'>`,
    attr: (key) => (key === '__name__' ? name : undefined),
    equals: (other) =>
      other instanceof Special && other.kind === 'type' && str(other) === `<class '${name}'>`,
  });
}

/** A bound method or plain attribute of a value, or undefined. */
export function findMethod(v: Value, name: string): Value | undefined {
  const method = methodOf(v, name);
  if (method)
    return new Special('builtin_function_or_method', {
      call: (args, kwargs) => method(v, args, kwargs),
      text: () => `<built-in method ${name}>`,
    });
  const at = v instanceof Tuple ? (v.names?.indexOf(name) ?? -1) : -1;
  if (at >= 0) return (v as Tuple).items[at];
  if (name === '__class__') return classOf(v);
  return typeof v === 'number' || typeof v === 'boolean' || (typeof v === 'object' && isFloat(v))
    ? numberAttr(v, name)
    : undefined;
}

/** Names of methods that change their object. */
export const MUTATING: ReadonlySet<string> = new Set(
  'append extend insert pop remove clear reverse sort update setdefault popitem __setitem__'.split(' '),
);
