import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { joinedNames, packagesOf } from '../../../lib/modules/pip/packages.js';

test('names that were cut at commas come together', () => {
  assert.equal(joinedNames(['django>1.11.1', '<1.11.3', 'simple', 'x>1', ' <2']), [
    'django>1.11.1,<1.11.3',
    'simple',
    'x>1, <2',
  ]);
  assert.equal(joinedNames(['a[x,y]>=1,b']), ['a[x,y]>=1', 'b']);
});

test('names without versions stay what they are, however they are given', () => {
  const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/);
  fc.assert(
    fc.property(fc.array(name, { minLength: 1 }), (names) => {
      assert.equal(joinedNames(names), names);
      assert.equal(joinedNames([names.join(',')]), names);
    }),
  );
});

test('a version is added', () => {
  assert.equal(packagesOf({ name: ['a'], version: '1.2' }), ['a==1.2']);
  assert.equal(packagesOf({ name: ['a'], version: '>=1.2' }), ['a>=1.2']);
  assert.throws(() => packagesOf({ name: ['a', 'b'], version: '1' }), /ambiguous/);
});

test.run();
