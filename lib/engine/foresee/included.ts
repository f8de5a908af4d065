import { FfeError, FfeErrors } from '../../errors/error.js';
import type { Block, Include, RoleItem } from '../../playbook/tree.js';
import { str } from '../../values/print.js';
import type { Raw, Value } from '../../values/value.js';

const isText = (value: Raw): boolean => typeof value === 'string' && /\{[{%#]/.test(value);

/** What an include names, and from where; undefined when only a run can tell. */
function targetOf(include: Include): string | undefined {
  if ([...include.args.values()].some(isText)) return undefined;
  const words = [...include.args].map(([name, value]) => `${name}=${str(value as Value)}`);
  return [include.what, include.frame.file, ...words].join('\n');
}

/**
 * Reads what an include names outright before the run, once for each place and target in `seen`. What is wrong with it
 * goes into `errors`; a file or role that is not there may come yet, and is left to the run.
 */
export function readBefore(
  include: Include,
  seen: Set<string>,
  errors: FfeError[],
): Block | RoleItem | undefined {
  const target = targetOf(include);
  if (target === undefined || seen.has(target)) return undefined;
  seen.add(target);
  try {
    return include.read(include.args);
  } catch (error) {
    const all = error instanceof FfeErrors ? error.errors : error instanceof FfeError ? [error] : [];
    if (all.length === 0) throw error;
    // What is no list fails the include alone, which somebody may have meant.
    if (all.every(({ code }) => code !== 'not-found' && code !== 'parse')) errors.push(...all);
    return undefined;
  }
}
