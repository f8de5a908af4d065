import type { Json } from '../values/json.js';
import { str } from '../values/print.js';
import type { Value } from '../values/value.js';
import type { ArgRules, ArgSpec } from './args.js';

/** A rule between arguments that is broken: Ansible's words, and the argument to point at. */
export type Broken = { readonly message: string; readonly name?: string };

/** What is known of the arguments: presence by name, values only where they are literal. */
export type Present = ReadonlyMap<string, unknown>;

/** Arguments that exclude each other; looked at before defaults are filled in. */
export function exclusive(rules: ArgRules | undefined, given: Present): Broken[] {
  const broken = (rules?.mutuallyExclusive ?? []).filter((set) => set.filter((n) => given.has(n)).length > 1);
  return broken.map((set) => ({
    message: `parameters are mutually exclusive: ${set.join('|')}`,
    name: set.filter((n) => given.has(n))[1],
  }));
}

/** Arguments that must be there and are not. */
export function missing(spec: ArgSpec, given: Present): Broken[] {
  const names = Object.keys(spec).filter(
    (name) => spec[name]!.required && (given.get(name) ?? null) === null,
  );
  return names.length ? [{ message: `missing required arguments: ${names.sort().join(', ')}` }] : [];
}

function together(rules: ArgRules, given: Present, sure: Present): Broken[] {
  return (rules.requiredTogether ?? [])
    .filter((set) => set.some((n) => sure.has(n)) && !set.every((n) => given.has(n)))
    .map((set) => ({
      message: `parameters are required together: ${set.join(', ')}`,
      name: set.find((n) => sure.has(n)),
    }));
}

function oneOf(rules: ArgRules, given: Present): Broken[] {
  return (rules.requiredOneOf ?? [])
    .filter((set) => !set.some((n) => given.has(n)))
    .map((set) => ({ message: `one of the following is required: ${set.join(', ')}` }));
}

function requiredIf(rules: ArgRules, given: Present): Broken[] {
  return (rules.requiredIf ?? []).flatMap(([name, value, needed, any]) => {
    if (!given.has(name) || !same(given.get(name), value)) return [];
    const absent = needed.filter((n) => !given.has(n));
    if (absent.length === 0 || (any && absent.length < needed.length)) return [];
    const message = `${name} is ${str(value as Value)} but ${any ? 'any' : 'all'} of the following are missing: ${absent.join(', ')}`;
    return [{ message, name }];
  });
}

function same(given: unknown, value: Json): boolean {
  return given === value;
}

function requiredBy(rules: ArgRules, given: Present, sure: Present): Broken[] {
  return Object.entries(rules.requiredBy ?? {}).flatMap(([name, needed]) => {
    if ((sure.get(name) ?? null) === null) return [];
    const absent = needed.filter((n) => (given.get(n) ?? null) === null);
    return absent.length
      ? [{ message: `missing parameter(s) required by '${name}': ${absent.join(', ')}`, name }]
      : [];
  });
}

/** The rules that count defaults as given, in Ansible's order. `sure`: those of which no one is left out by `omit`. */
export function afterDefaults(rules: ArgRules | undefined, given: Present, sure: Present = given): Broken[] {
  if (!rules) return [];
  return [
    ...together(rules, given, sure),
    ...oneOf(rules, given),
    ...requiredIf(rules, given),
    ...requiredBy(rules, given, sure),
  ];
}
