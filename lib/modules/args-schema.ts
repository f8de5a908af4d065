import type { Json, JsonObject } from '../values/json.js';
import type { Arg, ArgSpec, ArgType } from './args.js';
import type { ArgHolder } from './validate.js';

const TEXT: JsonObject = { type: 'string' };
const TEMPLATE: JsonObject = { type: 'string', pattern: '\\{[{%]' };

/** What may be written for a type before it is converted; texts of templates are possible everywhere. */
const WRITTEN: Readonly<Record<ArgType, readonly JsonObject[]>> = {
  str: [TEXT, { type: 'number' }, { type: 'boolean' }],
  path: [TEXT],
  int: [{ type: 'integer' }, { type: 'string', pattern: '^\\s*[-+]?\\d+\\s*$' }],
  float: [{ type: 'number' }, { type: 'string', pattern: '^\\s*[-+]?[\\d.]+(e[-+]?\\d+)?\\s*$' }],
  bool: [
    { type: 'boolean' },
    { enum: ['yes', 'no', 'on', 'off', 'true', 'false', 'y', 'n', '1', '0', 1, 0] },
  ],
  list: [TEXT, { type: 'number' }],
  dict: [TEXT],
  bytes: [{ type: 'number' }, TEXT],
  bits: [{ type: 'number' }, TEXT],
  jsonarg: [{ type: ['object', 'array', 'string'] }],
  raw: [{}],
};

function choice(choices: readonly Json[]): JsonObject[] {
  const words = choices.includes('yes') || choices.includes('no') ? [true, false] : [];
  return [{ enum: [...choices, ...words] }];
}

function elements(arg: Arg): JsonObject {
  if (arg.options) return optionsSchema(arg.options);
  const items: readonly JsonObject[] = arg.choices
    ? choice(arg.choices)
    : arg.elements
      ? WRITTEN[arg.elements]
      : [{}];
  return { anyOf: [...items, TEMPLATE] };
}

function forms(arg: Arg): readonly JsonObject[] {
  if (arg.type === 'list') return [...WRITTEN.list, { type: 'array', items: elements(arg) }];
  if (arg.type === 'dict')
    return [...WRITTEN.dict, arg.options ? optionsSchema(arg.options) : { type: 'object' }];
  return arg.choices ? choice(arg.choices) : WRITTEN[arg.type];
}

function argSchema(arg: Arg): JsonObject {
  const out: JsonObject = { description: arg.doc, anyOf: [...forms(arg), TEMPLATE, { type: 'null' }] };
  if ((arg.default ?? null) !== null) out.default = arg.default;
  return out;
}

function optionsSchema(spec: ArgSpec, open = false): JsonObject {
  const properties: JsonObject = {};
  const required: JsonObject[] = [];
  for (const [name, arg] of Object.entries(spec)) {
    const names = [name, ...(arg.aliases ?? [])];
    for (const one of names) properties[one] = argSchema(arg);
    if (arg.required) required.push({ anyOf: names.map((one) => ({ required: [one] })) });
  }
  const out: JsonObject = { type: 'object', properties, additionalProperties: open };
  return required.length ? { ...out, allOf: required } : out;
}

/** The JSON schema of a module's arguments as a playbook may write them, for editors; a text is the free form. */
export function argsSchema(module: ArgHolder): JsonObject {
  const options = optionsSchema(module.args, module.openArgs);
  // key=value pairs on one line are possible for every module.
  return { anyOf: [options, { type: 'string' }, { type: 'null' }] };
}
