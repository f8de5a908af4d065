import type { Raw, Value } from '../values/value.js';
import { type Entries, entriesOf } from './marks.js';

/**
 * Merges dicts under `<<` below a dict's own entries: own entries win, earlier merged dicts win over later ones.
 * Merged entries come first, as PyYAML orders them. `entries` gains the places of what was merged.
 */
export function mergeInto(own: Map<Value, Raw>, entries: Entries, merges: readonly Raw[]): Map<Value, Raw> {
  const merged = new Map<Value, Raw>();
  const places: Entries = new Map();
  for (const one of merges.flatMap((m) => (Array.isArray(m) ? (m as Raw[]).reverse() : [m]))) {
    for (const [key, value] of one as Map<Value, Raw>) merged.set(key, value);
    for (const [key, place] of entriesOf(one)) places.set(key, place);
  }
  for (const [key, value] of own) merged.set(key, value);
  for (const [key, place] of places) if (!entries.has(key)) entries.set(key, place);
  return merged;
}
