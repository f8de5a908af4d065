import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FfeError } from '../../lib/errors/error.js';
import { createVault } from '../../lib/secrets/vault.js';
import type { HostFiles } from '../../lib/template/library.js';
import type { Raw, Value } from '../../lib/values/value.js';
import { resolve } from '../../lib/vars/resolve.js';
import { parseYaml } from '../../lib/yaml/load.js';

const secret = { id: 'default', password: 'opener' };
const vault = createVault([secret]);

function filesWith(told: string[]): HostFiles {
  return {
    searchPath: [],
    baseDir: '/',
    ahead: false,
    secret: (text) => void told.push(text),
    unvault: vault.open,
    sealed: new Set(),
  };
}

function yamlWith(envelope: string): Map<string, Raw> {
  const lines = envelope.trimEnd().split('\n');
  const text = `a:\n  b: !vault |\n${lines.map((line) => `    ${line}`).join('\n')}\n`;
  return parseYaml(text, '/vars/main.yml') as Map<string, Raw>;
}

const asIs = (text: string): Value => text;

test('a value is opened, made known as a secret, and remembered as one that was sealed', () => {
  const told: string[] = [];
  const files = filesWith(told);
  const value = resolve(yamlWith(vault.seal('hush', secret)), asIs, files) as Map<string, Map<string, Value>>;
  assert.is(value.get('a')?.get('b'), 'hush');
  assert.equal(told, ['hush']);
  assert.equal([...files.sealed!], ['hush']);
});

const DAMAGED: readonly (readonly [string, string])[] = [
  ['sealed with another password', vault.seal('hush', { id: 'default', password: 'other' })],
  ['cut', '$ANSIBLE_VAULT;1.1;AES256\n313'],
];

for (const [how, envelope] of DAMAGED)
  test(`a value that is ${how} is shown where it is written`, () => {
    try {
      resolve(yamlWith(envelope), asIs, filesWith([]));
      assert.unreachable();
    } catch (error) {
      const { code, pos } = error as FfeError;
      assert.equal([code, pos?.file, pos?.line], ['vault', '/vars/main.yml', 2]);
    }
  });

test.run();
