import { Ajv } from 'ajv';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { argsSchema } from '../../lib/modules/args-schema.js';
import { modules } from '../../lib/modules/index.js';
import { moduleTable } from '../../lib/modules/table.js';

const ajv = new Ajv({ strict: true, strictRequired: false, allowUnionTypes: true });
const table = moduleTable(modules);

function takes(name: string, args: unknown): boolean {
  return ajv.compile(argsSchema(table.get(name)!))(args);
}

test('the schema of every module compiles', () => {
  for (const module of modules) assert.type(ajv.compile(argsSchema(module)), 'function', module.name);
});

test('what may be written is taken', () => {
  assert.ok(takes('file', { path: '/a', state: 'directory', recurse: 'yes' }));
  assert.ok(takes('file', { dest: '/a', state: '{{ state }}', mode: 0o644 }));
  assert.ok(takes('file', 'path=/a state=absent'));
  assert.ok(takes('copy', { dest: '/a', content: { a: [1] } }));
  assert.ok(takes('include_vars', { dir: 'x', ignore_files: ['a', '{{ b }}'], depth: '2' }));
  assert.ok(takes('set_fact', { anything: [1] }));
});

test('mistakes are seen', () => {
  assert.not(takes('file', { path: '/a', stat: 'directory' }));
  assert.not(takes('file', { state: 'directory' }));
  assert.not(takes('file', { path: '/a', state: 'folder' }));
  assert.not(takes('file', { path: '/a', recurse: 'perhaps' }));
  assert.not(takes('include_vars', { dir: 'x', depth: 'deep' }));
});

test.run();
