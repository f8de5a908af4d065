import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { labNameFor, readLabInventory } from '../../lib/lab/inventory.js';

const dir = mkdtempSync(join(tmpdir(), 'lab-inventory-'));
const write = (text: string, name = 'lab.yml') => {
  writeFileSync(join(dir, name), text);
  return join(dir, name);
};
const errorOf = (text: string): FfeError => {
  try {
    readLabInventory(write(text));
  } catch (error) {
    if (error instanceof FfeError) return error;
  }
  throw new Error('no error');
};

test.after(() => rmSync(dir, { recursive: true }));

test('hosts of all groups, each once, in order', () => {
  const file = write(`all:
  vars: {lab_image: python, n: 1}
  hosts:
    solo: {ansible_host: 10.9.0.2}
  children:
    web:
      hosts:
        w1: {ansible_host: 10.9.0.3}
        w2: {ansible_host: 10.9.0.4}
    east:
      children:
        web:
      hosts:
        w1:
`);
  const { nodes, vars, name } = readLabInventory(file);
  assert.equal(
    nodes.map((node) => `${node.name} ${node.address}`),
    ['solo 10.9.0.2', 'w1 10.9.0.3', 'w2 10.9.0.4'],
  );
  assert.equal(vars, { lab_image: 'python', n: 1 });
  assert.match(name, /^lab-[0-9a-f]{6}$/);
});

test('the same file name elsewhere is another lab', () => {
  assert.is.not(labNameFor(write('a: 1')), labNameFor(write('a: 1', 'other.yml')));
  assert.is(labNameFor(write('a: 1')), labNameFor(write('b: 1')));
});

test('a host without an address is an error with its place', () => {
  const error = errorOf('all:\n  hosts:\n    w1: {ansible_host: 10.9.0.3}\n    w2:\n');
  assert.is(error.code, 'lab');
  assert.match(error.message, /host 'w2' has no IPv4 address/);
  assert.equal([error.pos?.line, error.pos?.col], [4, 5]);
});

test('an address that is a template is not understood here', () => {
  assert.match(
    errorOf("all:\n  hosts:\n    w1: {ansible_host: '{{ net }}.3'}\n").message,
    /'w1' has no IPv4 address/,
  );
});

test('broken YAML is an error with its place', () => {
  const error = errorOf('all:\n  hosts: [unclosed\n');
  assert.is(error.code, 'parse');
  assert.ok(error.pos);
});

test('a missing file says so', () => {
  assert.throws(() => readLabInventory(join(dir, 'none.yml')), /cannot read the inventory/);
});

test.run();
