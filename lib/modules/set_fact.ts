import type { Json, JsonObject } from '../values/json.js';
import { defineModule } from './module.js';
import { failed, ok } from './plan.js';
import { checkVariableName } from './variable-name.js';

const WORDS: Readonly<Record<string, boolean>> = { true: true, yes: true, false: false, no: false };

/** Ansible turns these four words into booleans here, quoted or not. */
function factValue(value: Json | undefined): Json | undefined {
  const word = typeof value === 'string' ? value.toLowerCase() : '';
  return Object.hasOwn(WORDS, word) ? WORDS[word] : value;
}

/** Sets variables of a host for the rest of the run. */
export const setFact = defineModule({
  name: 'set_fact',
  summary: 'Gives variables to hosts, computed while the play runs.',
  args: {
    cacheable: { type: 'bool', default: false, doc: 'Keep them as facts too, in the fact cache.' },
  },
  openArgs: true,
  exact: true,
  returns: { ansible_facts: 'The variables that were set.' },
  examples: `- ansible.builtin.set_fact:
    release: "{{ version }}-{{ build }}"
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    const { cacheable, ...given } = args as JsonObject & { cacheable: boolean };
    const vars: JsonObject = {};
    for (const [written, value] of Object.entries(given)) {
      const name = written.includes('{{') ? String(info.evaluate(written)) : written;
      checkVariableName(name);
      vars[name] = info.native ? value : factValue(value);
    }
    if (Object.keys(vars).length === 0)
      return failed('No key/value pairs provided, at least one is required for this action to succeed');
    return ok('variables are set', { ansible_facts: vars }, [{ kind: 'set-facts', vars, cacheable }]);
  },
});
