import type { JsonObject } from '../values/json.js';
import { argSpecOf } from './argument-spec.js';
import { defineModule, type PlanInfo } from './module.js';
import { failed, ok } from './plan.js';
import { validateArgs } from './validate.js';

/** Arguments as the task's variables have them, unless they are given. */
function valuesOf(spec: JsonObject, given: JsonObject, info: PlanInfo): JsonObject {
  const out: JsonObject = {};
  for (const name of Object.keys(spec)) {
    const value = given[name] ?? info.variable(name);
    if (value !== undefined) out[name] = value;
  }
  return { ...out, ...given };
}

/** Checks variables against a role's argument specification. */
export const validateArgumentSpec = defineModule({
  name: 'validate_argument_spec',
  exact: true,
  summary: 'Checks variables against the argument specs of a role.',
  args: {
    argument_spec: { type: 'dict', required: true, doc: 'The options, as in meta/argument_specs.yml.' },
    provided_arguments: { type: 'dict', default: {}, doc: 'Values that count instead of variables.' },
    validate_args_context: { type: 'dict', doc: 'What to say about where the specification comes from.' },
  },
  returns: {
    argument_errors: 'Everything that is wrong.',
    argument_spec_data: 'The specification.',
    validate_args_context: 'As given.',
  },
  examples: `- ansible.builtin.validate_argument_spec:
    argument_spec:
      app_port: { type: int, required: true }
`,
  queries: () => ({}),
  plan: (args, _, info) => {
    const { argument_spec: spec, validate_args_context: where } = args;
    const context: JsonObject = where === undefined ? {} : { validate_args_context: where };
    const name = String(where?.name ?? 'role');
    const values = valuesOf(spec, args.provided_arguments, info);
    const checked = validateArgs({ name, args: argSpecOf(spec) }, values);
    if (checked.ok) return ok('arguments are valid', { ...context, msg: 'The arg spec validation passed' });
    const errors = checked.errors.map((e) =>
      e.message.replace(`Unsupported parameters for (${name}) module: `, ''),
    );
    return failed(`Validation of arguments failed:\n${errors.join('\n')}`, {
      ...context,
      argument_spec_data: spec,
      argument_errors: errors,
    });
  },
});
