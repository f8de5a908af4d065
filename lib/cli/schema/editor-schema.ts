import { argsSchema } from '../../modules/args-schema.js';
import type { Module } from '../../modules/module.js';
import { moduleTable } from '../../modules/table.js';
import {
  BLOCK,
  CHOICES,
  HANDLER,
  IMPORT_PLAYBOOK,
  type Keywords,
  LOOP_CONTROL,
  META_ACTIONS,
  PLAY,
  TASK,
} from '../../playbook/keywords.js';
import { CHOICE_SCHEMAS, KIND_SCHEMAS } from '../../playbook/schema/build.js';
import type { JsonObject } from '../../values/json.js';

const ref = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` });
const listOf = (name: string): JsonObject => ({
  anyOf: [{ type: 'array', items: ref(name) }, { type: 'null' }],
});

/** A schema by what is there; made of pairs, as an object with `then` would be taken for a promise. */
const either = (has: string, yes: JsonObject, no: JsonObject): JsonObject =>
  Object.fromEntries([
    ['if', { required: [has] }],
    ['then', yes],
    ['else', no],
  ]);

/** Keywords whose values are tasks or have a schema of their own. */
const OWN: Readonly<Record<string, JsonObject>> = {
  tasks: listOf('task'),
  pre_tasks: listOf('task'),
  post_tasks: listOf('task'),
  handlers: listOf('handler'),
  block: listOf('task'),
  rescue: listOf('task'),
  always: listOf('task'),
  loop_control: ref('loop_control'),
};

function properties(keywords: Keywords): JsonObject {
  const all = Object.entries(keywords).map(([name, kind]) => {
    if (Object.hasOwn(OWN, name)) return [name, OWN[name]];
    return [name, ref(Object.hasOwn(CHOICES, name) ? `one_of_${name}` : kind)];
  });
  return Object.fromEntries(all);
}

/** Includes and imports are no modules here; they take the file's name or their own arguments. */
const STATEMENTS = ['include_tasks', 'import_tasks', 'include_role', 'import_role', 'include_vars'] as const;

function actions(modules: readonly Module[]): JsonObject {
  const all = [...moduleTable(modules)].map(([name, module]) => [
    name,
    { description: module.summary, ...ref(`module_${module.name}`) },
  ]);
  const statements = STATEMENTS.flatMap((name) => [name, `ansible.builtin.${name}`]).map((name) => [
    name,
    {},
  ]);
  const meta = { anyOf: [{ enum: [...META_ACTIONS] }, { type: 'string', pattern: '\\{[{%]' }] };
  return Object.fromEntries([...statements, ...all, ['meta', meta], ['ansible.builtin.meta', meta]]);
}

const LOOPS: JsonObject = { '^with_\\w+$': {} };
// A module of a collection or of library/ that is not known here.
const FOREIGN: JsonObject = { '^[a-z_][a-z0-9_]*\\.[a-z0-9_]+\\.[a-z0-9_.]+$': {} };

function taskLike(keywords: Keywords, modules: readonly Module[]): JsonObject {
  return {
    type: 'object',
    properties: { ...properties(keywords), ...actions(modules) },
    patternProperties: { ...LOOPS, ...FOREIGN },
    additionalProperties: false,
  };
}

function definitions(modules: readonly Module[]): JsonObject {
  const own = modules.map((m) => [
    `module_${m.name}`,
    { title: m.name, description: m.summary, ...argsSchema(m) },
  ]);
  const choices = Object.entries(CHOICE_SCHEMAS).map(([name, schema]) => [`one_of_${name}`, schema]);
  const closed = (keywords: Keywords): JsonObject => ({
    type: 'object',
    properties: properties(keywords),
    additionalProperties: false,
  });
  return {
    ...(KIND_SCHEMAS as JsonObject),
    ...Object.fromEntries([...choices, ...own]),
    loop_control: closed(LOOP_CONTROL),
    block: { ...closed(BLOCK), required: ['block'] },
    plain_task: taskLike(TASK, modules),
    // Which of the two it is decides what is reported: a task with a misspelt module must not be called a broken block.
    task: either('block', ref('block'), ref('plain_task')),
    handler: either('block', ref('block'), taskLike(HANDLER, modules)),
    play: { ...closed(PLAY), required: ['hosts'] },
    import: { ...closed({ ...IMPORT_PLAYBOOK, 'ansible.builtin.import_playbook': 'string' }) },
    entry: either('hosts', ref('play'), ref('import')),
  };
}

/** What of a repository a schema describes: whole playbooks, or files of tasks or handlers. */
export type SchemaKind = 'playbook' | 'tasks' | 'handlers';

const ITEMS: Readonly<Record<SchemaKind, string>> = { playbook: 'entry', tasks: 'task', handlers: 'handler' };

/** The JSON schema (draft 7) of playbooks or task files with every module's arguments, for editors. */
export function editorSchema(kind: SchemaKind, modules: readonly Module[]): JsonObject {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `ffe-provision: ${kind}`,
    anyOf: [{ type: 'array', items: ref(ITEMS[kind]) }, { type: 'null' }],
    $defs: definitions(modules),
  };
}
