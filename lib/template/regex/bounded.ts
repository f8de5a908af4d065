import vm from 'node:vm';
import { TemplateError } from '../library.js';

/** How long one search may take, in milliseconds. */
const LIMIT = 3000;
const SCRIPT = new vm.Script('run()');
const CONTEXT = vm.createContext({});
const REPEATED_GROUP = /\)[*+{]/;
// A large upper bound costs as much as none.
const UNBOUNDED = /[*+]|\{\d*,(?:\d{3,})?\}|\{\d{3,}\}/g;

/** How long a text must be before a search through it can take more than a moment. */
function longest(source: string): number {
  if (REPEATED_GROUP.test(source)) return 15;
  const loops = source.match(UNBOUNDED)?.length ?? 0;
  if (loops > 1) return loops > 3 ? 300 : 3000;
  return loops > 0 ? 20_000 : Number.POSITIVE_INFINITY;
}

/**
 * A function of a text that is stopped with an error when a pattern of that source would try ways to match for longer
 * than three seconds. Only patterns and texts that could come to that are watched, since watching takes longer than
 * most searches.
 */
export function bounded<T>(source: string, run: (text: string) => T): (text: string) => T {
  const limit = longest(source);
  return (text) => (text.length < limit ? run(text) : watched(source, () => run(text)));
}

function watched<T>(source: string, run: () => T): T {
  try {
    return SCRIPT.runInContext(Object.assign(CONTEXT, { run }), { timeout: LIMIT }) as T;
  } catch (error) {
    if ((error as { code?: string }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    throw new TemplateError(
      `the regular expression '${source}' takes longer than ${LIMIT / 1000} seconds for a text; repeated groups can do so`,
    );
  }
}
