import type { FfeError } from '../errors/error.js';

const TESTED = /(hostvars\[.+\]|\w+)\s+(not\s+is|is|is\s+not)\s+(defined|undefined)/g;

/** How many columns `wrapCondition` puts before a condition. */
export const CONDITION_SHIFT = 6;

/** A condition as the template that decides it. */
export function wrapCondition(condition: string): string {
  return `{% if ${condition} %} True {% else %} False {% endif %}`;
}

function quotes(text: string): string {
  return text.replaceAll("'", '"');
}

/**
 * The outcome of a condition that failed on an undefined name which it also asks about (`x is defined and x.y`),
 * or undefined when it does not ask.
 */
export function outcomeOfTests(condition: string, error: FfeError): boolean | undefined {
  const name = /'(hostvars\[.+\]|\w+)' is undefined/.exec(error.message)?.[1];
  if (name === undefined) return undefined;
  for (const [, asked, logic, state] of condition.matchAll(TESTED)) {
    if (quotes(asked!) !== quotes(name)) continue;
    return !(logic!.includes('not') !== (state === 'defined'));
  }
  return undefined;
}
