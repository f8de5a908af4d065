import type { Arg, ArgSpec } from '../../modules/args.js';
import type { Module } from '../../modules/module.js';
import type { JsonObject } from '../../values/json.js';
import { fullName } from './names.js';

function option(arg: Arg): JsonObject {
  return {
    description: [arg.doc],
    type: arg.type,
    ...(arg.required ? { required: true } : {}),
    ...((arg.default ?? null) === null ? {} : { default: arg.default }),
    ...(arg.choices ? { choices: [...arg.choices] } : {}),
    ...(arg.aliases?.length ? { aliases: [...arg.aliases] } : {}),
    ...(arg.elements ? { elements: arg.elements } : {}),
    ...(arg.options ? { suboptions: options(arg.options) } : {}),
  };
}

const options = (spec: ArgSpec): JsonObject =>
  Object.fromEntries(Object.entries(spec).map(([name, arg]) => [name, option(arg)]));

/** A module's documentation in the shape that `ansible-doc --json` has, under its full name. */
export function moduleJson(module: Module): JsonObject {
  const { collection = 'ansible.builtin', name, summary } = module;
  const returns = Object.entries(module.returns).map(([key, description]) => [key, { description }]);
  return {
    [fullName(module)]: {
      doc: { collection, module: name, short_description: summary, options: options(module.args) },
      examples: module.examples,
      return: Object.fromEntries(returns),
    },
  };
}
