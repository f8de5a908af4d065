import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { modules } from '../../lib/modules/index.js';
import type { Module } from '../../lib/modules/module.js';
import { moduleTable } from '../../lib/modules/table.js';
import type { Json, JsonObject } from '../../lib/values/json.js';

/** What a case expects of one run. `match` holds regular expressions for texts, `absent` fields that must not be there. */
export type Expected = {
  changed?: boolean;
  failed?: string;
  skipped?: boolean;
  result?: JsonObject;
  match?: Record<string, string>;
  absent?: string[];
  diff?: Json[];
  reason?: string;
};

/**
 * One case. `$D` in texts is a scratch folder of the node, `$C` one of the controller. `setup` and `after` are sh, run
 * in `$D` as the login user. `controller` holds files of `$C`. `invalid` lists what must be said of bad arguments.
 * `check` is what check mode expects where that differs from `expect`; `again` the reason of the second run, or false
 * for what never comes to rest. `verify` is sh that must succeed again after the second run.
 */
export type Case = {
  name: string;
  setup?: string;
  controller?: Record<string, string>;
  vars?: JsonObject;
  args?: JsonObject;
  invalid?: string[];
  check?: Expected;
  pending?: boolean;
  expect?: Expected;
  after?: string;
  again?: string | false;
  effects?: Json[];
};

/**
 * A file of cases. `on: node` needs a booted node of its own, `docker` one with an engine and small images; `scratch`
 * touches nothing outside `$D`.
 */
export type CaseFile = {
  module: string;
  on: 'scratch' | 'node' | 'docker';
  packages?: string[];
  cases: Case[];
};

const text = { type: 'string' };
const texts = { type: 'array', items: text };
const expected = {
  type: 'object',
  additionalProperties: false,
  properties: {
    changed: { type: 'boolean' },
    failed: text,
    skipped: { type: 'boolean' },
    result: { type: 'object' },
    match: { type: 'object', additionalProperties: text },
    absent: texts,
    diff: { type: 'array' },
    reason: text,
  },
};
const oneCase = {
  type: 'object',
  additionalProperties: false,
  required: ['name'],
  properties: {
    name: text,
    setup: text,
    controller: { type: 'object', additionalProperties: text },
    vars: { type: 'object' },
    args: { type: 'object' },
    invalid: texts,
    check: expected,
    pending: { type: 'boolean' },
    expect: expected,
    after: text,
    again: { anyOf: [text, { const: false }] },
    effects: { type: 'array' },
  },
};
const schema = {
  type: 'object',
  additionalProperties: false,
  required: ['module', 'on', 'cases'],
  properties: {
    module: text,
    on: { enum: ['scratch', 'node', 'docker'] },
    packages: texts,
    cases: { type: 'array', items: oneCase, minItems: 1 },
  },
};

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema);

/** Reads a file of cases; throws on anything the schema does not know. */
export function readCases(file: string, source = readFileSync(file, 'utf8')): CaseFile {
  const parsed: unknown = parse(source, { uniqueKeys: true });
  if (validate(parsed)) return parsed as CaseFile;
  const words = validate.errors!.map((e) => `${e.instancePath} ${e.message} ${JSON.stringify(e.params)}`);
  throw new Error(`${file}:\n  ${words.join('\n  ')}`);
}

/** Every file of cases below a folder whose cases run in such a place. */
export function caseFiles(folder: string, on: CaseFile['on']): { file: string; cases: CaseFile }[] {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.yml'));
  return names
    .sort()
    .map((name) => ({ file: name, cases: readCases(join(folder, name)) }))
    .filter(({ cases }) => cases.on === on);
}

/** The module of a file of cases. */
export function moduleOf(cases: CaseFile): Module {
  const found = moduleTable(modules).get(cases.module);
  if (!found) throw new Error(`no module ${basename(cases.module)}`);
  return found;
}
