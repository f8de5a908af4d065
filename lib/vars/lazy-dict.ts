import type { Dict, Value } from '../values/value.js';

/**
 * A dict whose values are made when they are looked at (`hostvars`: nobody wants 1,000 hosts' variables templated for
 * one of them). It is a real Map whose reading methods are its own. Unless `remember`, values are asked for anew each time.
 */
export function lazyDict(
  keys: () => Iterable<string>,
  get: (key: string) => Value | undefined,
  remember = true,
): Dict {
  const made = new Map<string, Value | undefined>();
  const at = (key: Value): Value | undefined => {
    if (typeof key !== 'string') return undefined;
    if (!remember) return get(key);
    if (!made.has(key)) made.set(key, get(key));
    return made.get(key);
  };
  const list = (): string[] => [...keys()];
  const dict: Dict = new Map();
  function* entries(): MapIterator<[Value, Value]> {
    for (const key of list()) yield [key, at(key) ?? null];
  }
  function* values(): MapIterator<Value> {
    for (const [, value] of entries()) yield value;
  }
  const has = (key: Value): boolean => at(key) !== undefined;
  const own = {
    get: at,
    has,
    keys: () => list()[Symbol.iterator](),
    values,
    entries,
    [Symbol.iterator]: entries,
    forEach: (f: (value: Value, key: Value, map: Dict) => void) => {
      for (const [key, value] of entries()) f(value, key, dict);
    },
  };
  Object.assign(dict, own);
  Object.defineProperty(dict, 'size', { get: () => list().length });
  return dict;
}
