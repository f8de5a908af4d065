import { contains, hashOf } from '../../values/equal.js';
import { isHashableKind, makeSet } from '../../values/set.js';
import { typeName } from '../../values/typename.js';
import { Tuple, type Value } from '../../values/value.js';
import { type Filter, TemplateError } from '../library.js';
import { items } from '../read.js';
import { among, within } from '../runtime/comparison.js';
import { filter } from '../signature.js';
import { distinct } from './sorting.js';

/** A fast `in` for a list: linear altogether where all items can be hashed. */
export function membership(list: readonly Value[]): (v: Value) => boolean {
  const hashes = list.map(hashOf);
  if (hashes.includes(undefined)) return (v) => among(list, v);
  const set = new Set(hashes);
  return (v) => {
    const hash = hashOf(v);
    return hash === undefined ? contains(list, v) : set.has(hash);
  };
}

const same = (v: Value): Value => v;

/** Runs an operation on two collections: a list of a list, of anything that can be hashed a set, as Ansible does. */
function collect(run: (a: Value, b: Value) => Value[]): Filter {
  return filter('b', (a, [b]) => {
    const out = run(a, b!);
    return isHashableKind(a) && isHashableKind(b!) ? makeSet(out) : out;
  });
}

/** The items of both, without repetition. */
function union(a: Value, b: Value): Value[] {
  const both = Array.isArray(a) === Array.isArray(b) && a instanceof Tuple === b instanceof Tuple;
  if (!both) throw new TemplateError(`union needs two lists, not '${typeName(a)}' and '${typeName(b)}'`);
  return distinct([...items(a), ...items(b)], same);
}

/** `v in b`; a text is searched as a whole, as Python's `in` does. */
function memberOf(b: Value): (v: Value) => boolean {
  return typeof b === 'string' ? (v) => within(v, b) : membership(items(b));
}

function intersect(a: Value, b: Value): Value[] {
  if (items(a).length === 0) return [];
  const inB = memberOf(b);
  return distinct(items(a).filter(inB), same);
}

function difference(a: Value, b: Value): Value[] {
  if (items(a).length === 0) return [];
  const inB = memberOf(b);
  return distinct(
    items(a).filter((v) => !inB(v)),
    same,
  );
}

function symmetric(a: Value, b: Value): Value[] {
  const shared = membership(intersect(a, b));
  return union(a, b).filter((v) => !shared(v));
}

/** Set theory on lists (Ansible's filters). */
export const setFilters: Record<string, Filter> = {
  union: collect(union),
  intersect: collect(intersect),
  difference: collect(difference),
  symmetric_difference: collect(symmetric),
};
