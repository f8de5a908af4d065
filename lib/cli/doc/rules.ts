import type { ArgRules } from '../../modules/args.js';
import { shown } from './argument.js';

const and = (names: readonly string[]): string => names.join(', ');

/** The rules between a module's arguments, each as a sentence. */
export function ruleLines(rules: ArgRules = {}): string[] {
  const { mutuallyExclusive = [], requiredTogether = [], requiredOneOf = [] } = rules;
  return [
    ...mutuallyExclusive.map((names) => `Only one of ${and(names)}.`),
    ...requiredTogether.map((names) => `Together or not at all: ${and(names)}.`),
    ...requiredOneOf.map((names) => `At least one of ${and(names)}.`),
    ...(rules.requiredIf ?? []).map(
      ([name, value, needed, any]) =>
        `With ${name}=${shown(value)}: ${any && needed.length > 1 ? 'one of ' : ''}${and(needed)}.`,
    ),
    ...Object.entries(rules.requiredBy ?? {}).map(([name, needed]) => `With ${name}: ${and(needed)}.`),
  ];
}
