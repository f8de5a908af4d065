import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseInfo } from '../../../lib/modules/redis/info.js';
import { asked, type Login, refused, told, word } from '../../../lib/modules/redis/session.js';

const login = { login_host: 'localhost', login_port: 6379, tls: false, validate_certs: true } as Login;
const answer = (stdout: string, rc = 0, stderr = '') =>
  ({ kind: 'read', rc, stdout: Buffer.from(stdout), stderr: Buffer.from(stderr) }) as const;

/** Reads a word as redis-cli does: double quotes, and bytes as \xHH. */
function unquoted(text: string): string {
  const bytes = text
    .slice(1, -1)
    .match(/\\x[0-9a-f]{2}|[^\\]/g)!
    .map((c) => (c.length === 1 ? c.charCodeAt(0) : Number.parseInt(c.slice(2), 16)));
  return Buffer.from(bytes).toString('utf8');
}

test('any text stays one word on one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
      const quoted = word(text);
      assert.match(quoted, /^"[!#-~]*"$/);
      assert.is(unquoted(quoted), Buffer.from(text, 'utf8').toString('utf8'));
    }),
  );
});

test('the password is in the input alone', () => {
  const query = asked({ ...login, login_user: 'ada', login_password: 'secret' }, [['INFO']], 3);
  assert.is(query.script, 'redis-cli -h localhost -p 6379 -n 3');
  assert.match(query.stdin!, /^AUTH "ada" "secret"\nECHO \S+\n"INFO"\nECHO \S+\n$/);
});

test('encryption', () => {
  const { script } = asked({ ...login, tls: true, validate_certs: false, ca_certs: '/ca file' }, []);
  assert.is(script, "redis-cli -h localhost -p 6379 --tls --insecure --cacert '/ca file'");
});

test('replies between their marks', () => {
  const mark = /ECHO (\S+)/.exec(asked(login, [['INFO']]).stdin!)![1]!;
  assert.equal(told(answer(`OK\n${mark}\none\ntwo\n${mark}\n`), 1), { replies: ['one\ntwo\n'] });
  assert.equal(told(answer(`WRONGPASS no\n\n${mark}\none\n${mark}\n`), 1), { failed: 'WRONGPASS no' });
  assert.equal(told(answer('NOAUTH Authentication required.\nNOAUTH x\n'), 1), {
    failed: 'NOAUTH Authentication required.',
  });
  assert.equal(told(answer('', 1, 'Could not connect\nnot connected'), 1), { failed: 'Could not connect' });
});

test('what a refusal looks like', () => {
  assert.ok(refused('ERR unknown\n'));
  assert.ok(refused('NOPERM this user\n\n'));
  assert.not(refused('OK\n'));
  assert.not(refused('maxmemory\n0\n'));
});

test('fields of INFO', () => {
  const text =
    '# Server\r\nredis_version:7.0.15\r\nuptime:60\r\nratio:1.50\r\ndb0:keys=1,expires=0\r\nmodule:name=a,ver=1\r\nmodule:name=b,ver=2\r\nempty:\r\nid:00000000\r\n';
  assert.equal(parseInfo(text), {
    redis_version: '7.0.15',
    uptime: 60,
    ratio: 1.5,
    db0: { keys: 1, expires: 0 },
    modules: [
      { name: 'a', ver: 1 },
      { name: 'b', ver: 2 },
    ],
    empty: '',
    id: 0,
  });
});

test.run();
