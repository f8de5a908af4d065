import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { conninfo, psqlCall } from '../../../lib/modules/postgresql/login.js';
import {
  differs,
  isVerifier,
  md5Verifier,
  prepared,
  scramVerifier,
} from '../../../lib/modules/postgresql/password.js';

const login = {
  ...{
    login_user: "o'x",
    login_password: '',
    login_host: '',
    login_unix_socket: '',
    port: 5432,
    ssl_mode: 'prefer',
  },
  connect_params: {},
};

test('the keys of the exchange in RFC 7677', () => {
  const salt = Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64');
  const keys = 'WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=';
  assert.is(scramVerifier('pencil', salt, 4096), `SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$${keys}`);
});

test('a password is told from another by what the server keeps', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (password, other) => {
      fc.pre(!isVerifier(password) && prepared(password) !== prepared(other));
      const kept = scramVerifier(password, undefined, 1);
      assert.is(differs(password, 'u', kept), false);
      assert.is(differs(other, 'u', kept), true);
      assert.is(differs(password, 'u', md5Verifier(password, 'u')), false);
      assert.is(differs(password, 'v', md5Verifier(password, 'u')), true);
    }),
  );
});

test('an empty password takes one away, a hash is compared as it is', () => {
  assert.is(differs('', 'u', ''), false);
  assert.is(differs('', 'u', 'x'), true);
  const hash = md5Verifier('a', 'u');
  assert.is(differs(hash, 'u', hash), false);
  assert.is(differs(hash, 'u', ''), true);
});

test('RFC 4013: what is mapped, and what is left as it is', () => {
  assert.is(prepared('I\u00ADX'), 'IX');
  assert.is(prepared('\u00AA'), 'a');
  assert.is(prepared('a\u00A0b'), 'a b');
  assert.is(prepared('a\u0007'), 'a\u0007');
});

test('a password is on standard input, and nowhere else', () => {
  for (const given of [
    { ...login, login_password: 's3cret' },
    { ...login, connect_params: { password: 's3cret', application_name: 'x' } },
  ]) {
    const { argv, stdin } = psqlCall(given, 'db', 'SELECT 1;\n');
    assert.not.match(argv.join(' '), /s3cret/);
    assert.is(stdin, 's3cret\nSELECT 1;\n');
  }
});

test('a connection string has its quotes, and no empty values', () => {
  const wished = "port='5432' user='o\\'x' dbname='d' sslmode='prefer' client_encoding='UTF8'";
  assert.is(conninfo(login, 'd'), wished);
  assert.match(conninfo({ ...login, login_unix_socket: '/run/x' }), /host='\/run\/x'/);
});

test.run();
