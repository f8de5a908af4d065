import type { Json, JsonObject } from '../../values/json.js';
import { patternRegex } from '../shell-pattern.js';

const NAMED = /^(?:ansible_|facter|ohai)/;

/** Facts as Ansible's setup returns them: names with their prefix, filtered by shell patterns with or without it. */
export function factsResult(
  facts: JsonObject,
  filters: readonly string[],
  subset: readonly string[],
): JsonObject {
  const all: JsonObject = {};
  for (const [name, value] of Object.entries(facts)) all[NAMED.test(name) ? name : `ansible_${name}`] = value;
  all.gather_subset = [...subset];
  all.module_setup = true;
  const patterns = filters.filter((f) => f !== '');
  if (patterns.length === 0 || patterns.length < filters.length || patterns.includes('*')) return all;
  const regexes = patterns.flatMap((f) => [
    patternRegex(f),
    ...(NAMED.test(f) ? [] : [patternRegex(`ansible_${f}`)]),
  ]);
  const kept = Object.entries(all).filter(([name]) => regexes.some((r) => r.test(name)));
  return Object.fromEntries(kept) as { [name: string]: Json | undefined };
}
