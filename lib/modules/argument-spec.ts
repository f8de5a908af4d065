import type { Json, JsonObject } from '../values/json.js';
import type { Arg, ArgSpec, ArgType } from './args.js';

const TYPES: Readonly<Record<string, ArgType>> = {
  str: 'str',
  int: 'int',
  float: 'float',
  bool: 'bool',
  list: 'list',
  dict: 'dict',
  path: 'path',
  raw: 'raw',
  bytes: 'bytes',
  bits: 'bits',
  jsonarg: 'jsonarg',
  json: 'jsonarg',
};

function isObject(value: Json | undefined): value is JsonObject {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function texts(value: Json | undefined): readonly string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

function argOf(written: JsonObject): Arg {
  const { description, options, choices, elements } = written;
  return {
    type: TYPES[String(written.type ?? 'str')] ?? 'str',
    doc: Array.isArray(description) ? description.join(' ') : String(description ?? ''),
    required: written.required === true,
    default: written.default,
    choices: Array.isArray(choices) ? choices : undefined,
    aliases: texts(written.aliases),
    elements: typeof elements === 'string' ? TYPES[elements] : undefined,
    options: isObject(options) ? argSpecOf(options) : undefined,
    noLog: written.no_log === true,
  };
}

/** An argument specification as roles write it (meta/argument_specs.yml, `options`), as the one modules have. */
export function argSpecOf(options: JsonObject): ArgSpec {
  const entries = Object.entries(options).filter((entry): entry is [string, JsonObject] =>
    isObject(entry[1]),
  );
  return Object.fromEntries(entries.map(([name, written]) => [name, argOf(written)]));
}
