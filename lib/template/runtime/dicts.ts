import { assign, hashOf } from '../../values/equal.js';
import { ValueProblem } from '../../values/problem.js';
import { Special } from '../../values/special.js';
import { typeName } from '../../values/typename.js';
import type { Dict, Value } from '../../values/value.js';
import { type Item, use } from './undefined.js';

/** A value that may be a dict's key, lists and dicts may not; every kind of text is plain text there. */
export function hashable(key: Value): Value {
  if (typeof key === 'string') return key;
  if (key instanceof Special && key.face.string !== undefined) return key.face.string;
  if (!(key instanceof Special) && hashOf(key) === undefined)
    throw new ValueProblem(`unhashable type: '${typeName(key)}'`);
  return key;
}

/** A dict literal's value; an undefined may be stored and fails when it is used. */
export function makeDict(pairs: readonly (readonly [Item, Item])[]): Dict {
  const dict: Dict = new Map();
  for (const [key, value] of pairs) assign(dict, hashable(use(key)), value as Value);
  return dict;
}
