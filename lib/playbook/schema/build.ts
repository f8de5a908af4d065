import { CHOICES, type KeywordKind } from '../keywords.js';

/** A JSON schema, as far as it is written here. */
export type Schema = { readonly [key: string]: unknown };

const TEMPLATE: Schema = { type: 'string', pattern: '\\{[{%]' };
const SCALAR: Schema = { type: ['string', 'number', 'boolean', 'null'] };
const DICT: Schema = { type: ['object', 'null'] };
// Python's words for truth as Ansible reads them, in any case.
const TRUTH: Schema = {
  type: 'string',
  pattern:
    '^(?:[yY]|[yY][eE][sS]|[oO][nN]|[tT]|[tT][rR][uU][eE]|[nN]|[nN][oO]|[oO][fF][fF]|[fF]|[fF][aA][lL][sS][eE]|[01](?:\\.0)?)$',
};

function listOr(item: Schema): Schema {
  return { anyOf: [item, { type: 'array', items: item }] };
}

function numeric(pattern: string): Schema {
  return { anyOf: [{ type: ['number', 'null'] }, { type: 'string', pattern }, TEMPLATE] };
}

/** The JSON schema of what each kind of keyword takes. */
export const KIND_SCHEMAS: Readonly<Record<KeywordKind, Schema>> = {
  bool: { anyOf: [{ type: ['boolean', 'null'] }, { enum: [0, 1] }, TRUTH, TEMPLATE] },
  int: numeric('^\\s*[-+]?\\d+\\s*$'),
  number: numeric('^\\s*[-+]?\\d*\\.?\\d+\\s*$'),
  percent: numeric('^\\s*\\d+(?:\\.\\d+)?\\s*%?$'),
  string: SCALAR,
  strings: listOr(SCALAR),
  conditions: listOr(SCALAR),
  dict: DICT,
  dicts: { anyOf: [DICT, TEMPLATE, { type: 'array', items: { anyOf: [DICT, TEMPLATE] } }] },
  tasks: { type: ['array', 'null'] },
  list: {},
  any: {},
};

/** The JSON schemas of keywords that take one of a few words. */
export const CHOICE_SCHEMAS: Readonly<Record<string, Schema>> = Object.fromEntries(
  Object.entries(CHOICES).map(([name, words]) => [
    name,
    { anyOf: [{ enum: words }, TEMPLATE, { type: 'null' }] },
  ]),
);
