import { FfeError } from '../errors/error.js';
import type { Scope } from './library.js';
import type { Origin, Templater } from './templater.js';

const TESTED = /(hostvars\[.+\]|\w+)\s+(not\s+is|is|is\s+not)\s+(defined|undefined)/g;

/** How many columns `wrapCondition` puts before a condition. */
export const CONDITION_SHIFT = 6;

/** A condition as the template that decides it. */
export function wrapCondition(condition: string): string {
  return `{% if ${condition} %} True {% else %} False {% endif %}`;
}

/** Whether what a text of templates comes to may hold data: facts, registered results, what lookups found. */
export function readsData(source: string, scope: Scope, reads: Templater['reads']): boolean {
  const outside = ['lookup', 'query', 'q'];
  return [...reads(source, 'value')].some((name) => outside.includes(name) || scope.unsafe?.(name) === true);
}

/** The error for a condition whose text is data. The text is not shown: it may be secret. */
export function dataCondition(origin: Origin | undefined): FfeError {
  return new FfeError(
    'template',
    'the text of this condition is data (a fact, a result or what a lookup found), and data is never evaluated',
    { pos: origin?.pos, hint: 'write the condition itself, without {{ }} around names' },
  );
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
