import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { modulesByName } from '../../../lib/cli/doc/names.js';
import { editorSchema, type SchemaKind } from '../../../lib/cli/schema/editor-schema.js';
import { schema } from '../../../lib/cli/schema.js';
import { FfeError } from '../../../lib/errors/error.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));

// The definitions are the same in all three and compiled once; refs are not copied out, which would cost seconds.
const ajv = new Ajv({ strict: false, allErrors: true, inlineRefs: false });
ajv.addSchema(editorSchema('playbook', modulesByName()), 'whole');

function checker(kind: SchemaKind) {
  const { anyOf } = editorSchema(kind, []);
  const check = ajv.compile(JSON.parse(JSON.stringify({ anyOf }).replaceAll('"#/', '"whole#/')));
  return (value: unknown) =>
    check(value) ? [] : (check.errors ?? []).map((e) => `${e.instancePath} ${e.message}`);
}

const checks = { playbook: checker('playbook'), tasks: checker('tasks'), handlers: checker('handlers') };

type Case = { name: string; kind?: SchemaKind; ok: boolean; text: string };
const file = new URL('schema.cases.yml', import.meta.url);
for (const { name, kind = 'playbook', ok, text, ...unknown } of parse(readFileSync(file, 'utf8')) as Case[]) {
  test(name, () => {
    assert.equal(unknown, {});
    const told = checks[kind](parse(text) ?? null);
    assert.is(told.length === 0, ok, told.join('\n'));
  });
}

test('the playbooks and roles of the project fit', () => {
  const plain = (name: string) => name.endsWith('.yml');
  // A vaulted value is no tag that YAML knows.
  const read = (path: string) => parse(readFileSync(path, 'utf8'), { logLevel: 'silent' });
  for (const name of readdirSync(join(root, 'playbooks')).filter(plain))
    assert.equal(checks.playbook(read(join(root, 'playbooks', name))), [], name);
  for (const path of readdirSync(join(root, 'roles'), { recursive: true }).map(String).filter(plain)) {
    const kind = path.includes('/tasks/') ? 'tasks' : path.includes('/handlers/') ? 'handlers' : undefined;
    if (kind) assert.equal(checks[kind](read(join(root, 'roles', path))), [], path);
  }
});

test('the verb prints a schema, and says which there are', async () => {
  const out: string[] = [];
  const io = { out: (t: string) => void out.push(t), err: () => undefined, colour: false };
  assert.is(await schema(['tasks'], io), 0);
  assert.is(JSON.parse(out.join('')).title, 'ffe-provision: tasks');
  const error = await schema(['playbok'], io).catch((e) => e);
  assert.instance(error, FfeError);
  assert.is(error.message, "there is no schema 'playbok' (did you mean 'playbook'?)");
});

test.run();
