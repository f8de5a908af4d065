import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { nativeHash, wishedTls } from '../../../lib/modules/mysql/account.js';
import {
  privilegeChanges,
  privilegeStatements,
  readGrants,
  wishedPrivileges,
} from '../../../lib/modules/mysql/privileges.js';

test('a wish is read by object, with columns in their order', () => {
  assert.equal(
    [...wishedPrivileges('my.db.*:select,INSERT (b, A)/FUNCTION x.f:EXECUTE/*.*:all privileges', true)],
    [
      ['`my.db`.*', ['SELECT', 'INSERT (A, b)']],
      ['FUNCTION `x`.`f`', ['EXECUTE']],
      ['*.*', ['ALL']],
    ],
  );
  assert.equal(wishedPrivileges({ 'a.*': 'SELECT' }, true).get('*.*'), ['USAGE']);
  assert.is(wishedPrivileges('a.*:SELECT', false).has('*.*'), false);
  for (const bad of ['SELECT', 5, ['x']])
    assert.throws(() => wishedPrivileges(bad, true), /colon|must be|parse/);
});

test('what the server tells is read, roles aside', () => {
  const lines = [
    "GRANT USAGE ON *.* TO `u`@`localhost` IDENTIFIED BY PASSWORD '*6C89' WITH GRANT OPTION",
    'GRANT SELECT (`b`, `a`), INSERT ON `d`.`t` TO `u`@`localhost`',
    'GRANT `reader` TO `u`@`localhost`',
  ];
  assert.equal(
    [...readGrants(lines)],
    [
      ['*.*', ['USAGE', 'GRANT']],
      ['`d`.`t`', ['SELECT (a, b)', 'INSERT']],
    ],
  );
  assert.throws(() => readGrants(['REVOKE ALL']), /colon|must be|parse/);
});

const NAMES = ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'GRANT'];
const some = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 });
const all = fc.dictionary(fc.constantFrom('`a`.*', '`b`.`t`', '*.*'), some);

test('after the changes nothing is left to change', () => {
  fc.assert(
    fc.property(all, all, fc.constantFrom('append', 'subtract', 'exactly'), (wished, had, how) => {
      const [wish, now] = [new Map(Object.entries(wished)), new Map(Object.entries(had))];
      for (const { on, grant, revoke } of privilegeChanges(wish, now, how, 'u'))
        now.set(on, [...(now.get(on) ?? []).filter((p) => !revoke.includes(p)), ...grant]);
      assert.equal(privilegeChanges(wish, now, how, 'u'), []);
    }),
  );
});

test('statements for a change, the right to give on apart', () => {
  const change = { on: '*.*', grant: ['GRANT'], revoke: ['SELECT', 'GRANT'] };
  assert.equal(privilegeStatements(change, 'u'), [
    'REVOKE GRANT OPTION ON *.* FROM u',
    'REVOKE SELECT ON *.* FROM u',
    'GRANT USAGE ON *.* TO u WITH GRANT OPTION',
  ]);
});

test('root keeps what it has elsewhere, and who gets everything loses nothing', () => {
  const now = new Map([
    ['`a`.*', ['SELECT']],
    ['*.*', ['SELECT', 'GRANT']],
  ]);
  assert.equal(privilegeChanges(new Map([['*.*', ['ALL']]]), now, 'exactly', 'root'), [
    { on: '*.*', grant: ['ALL'], revoke: ['GRANT'] },
  ]);
});

test('hashes of passwords, and what connections prove', () => {
  assert.is(nativeHash('password'), '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19');
  assert.is(wishedTls({ ssl: null }), 'SSL');
  assert.is(wishedTls({ SSL: null, X509: null }), 'X509');
  assert.is(wishedTls({ X509: null, cipher: 'A' }), "CIPHER 'A'");
  assert.is(wishedTls(undefined), undefined);
});

test.run();
