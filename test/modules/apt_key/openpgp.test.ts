import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { armored, dearmored, KeyringError, readKeyring } from '../../../lib/modules/apt-key/openpgp.js';
import { idForms } from '../../../lib/modules/apt-key/plan-key.js';

test('what is put into armor comes out as it was', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
      assert.equal([...dearmored(Buffer.from(armored(Buffer.from(bytes))))], [...bytes]);
    }),
  );
});

test('whatever bytes are given, they are keys or refused', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      try {
        readKeyring(Buffer.from(bytes));
      } catch (error) {
        assert.instance(error, KeyringError);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a keybox is refused by name', () => {
  assert.throws(() => readKeyring(Buffer.from('\0\0\0\0\0\0\0\0KBXf\0\0\0\0')), /a keybox of GnuPG/);
});

for (const [id, full] of [
  ['0xd8576a8ba88d21e9', 'D8576A8BA88D21E9'],
  ['A88D21E9', 'A88D21E9'],
  ['123456789', undefined],
  ['key', undefined],
] as const)
  test(`the id ${id}`, () => assert.is(idForms(id)?.full, full));

test.run();
