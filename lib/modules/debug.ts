import { FfeError } from '../errors/error.js';
import { fromJson } from '../values/convert.js';
import type { Json, JsonObject } from '../values/json.js';
import { typeName } from '../values/typename.js';
import { defineModule, type PlanInfo } from './module.js';
import { ok, skipped } from './plan.js';

function nameOf(expression: Json): string {
  return typeof expression === 'string' ? expression : `<class '${typeName(fromJson(expression))}'>`;
}

function evaluated(expression: Json, info: PlanInfo): Json {
  if (typeof expression !== 'string') return expression;
  try {
    return info.evaluate(expression);
  } catch (error) {
    if (!(error instanceof FfeError) || error.code !== 'undefined') throw error;
    return info.verbosity > 0
      ? `VARIABLE IS NOT DEFINED!: ${error.message}. ${error.message}`
      : 'VARIABLE IS NOT DEFINED!';
  }
}

/** Prints a message or a variable. */
export const debug = defineModule({
  name: 'debug',
  summary: 'Shows a text or a variable.',
  args: {
    msg: { type: 'raw', doc: 'What to print; Hello world! when nothing is given.' },
    var: { type: 'raw', doc: 'An expression to print, without curly braces.' },
    verbosity: { type: 'int', default: 0, doc: 'Print only with at least so many -v.' },
  },
  exact: true,
  rules: { mutuallyExclusive: [['msg', 'var']] },
  returns: { msg: 'The message; with var, the value under the expression.' },
  examples: `- ansible.builtin.debug:
    var: ansible_facts.default_ipv4.address
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    if (args.verbosity > info.verbosity)
      return skipped('', { skipped_reason: 'Verbosity threshold not met.' });
    // Listeners print the results of such modules whole, whatever the verbosity.
    const result: JsonObject = { _ansible_verbose_always: true };
    const expression = args.var ?? null;
    if (expression === null) result.msg = args.msg === undefined ? 'Hello world!' : args.msg;
    else result[nameOf(expression)] = evaluated(expression, info);
    // Facts that are only shown must not become variables: what has effects of its own is not taken for facts.
    const shownFacts = 'ansible_facts' in result;
    return ok('printed', result, shownFacts ? [{ kind: 'set-facts', vars: {}, cacheable: false }] : []);
  },
});
