import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  fingerprint,
  judge,
  keyType,
  knownLine,
  knownName,
  namesMatch,
  parseKnownHosts,
} from '../../../lib/node/ssh/known-hosts.js';
import { readCases } from '../cases.js';

type Case = { names: string; host: string; port?: number; match: boolean };

for (const one of readCases<Case>(new URL('known-hosts.yml', import.meta.url), [
  'names',
  'host',
  'port',
  'match',
]))
  test(`${one.names} ${one.match ? 'means' : 'does not mean'} ${one.host} ${one.port ?? ''}`, () => {
    assert.is(namesMatch(one.names, knownName(one.host, one.port ?? 22)), one.match);
  });

const blob = (type: string, fill: number) => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return Buffer.concat([length, Buffer.from(type), Buffer.alloc(32, fill)]);
};
const [one, two, rsa] = [blob('ssh-ed25519', 1), blob('ssh-ed25519', 2), blob('ssh-rsa', 3)];
const line = (names: string, key: Buffer) => `${names} ${keyType(key)} ${key.toString('base64')}`;

test('lines, comments, markers and rubbish', () => {
  const text = [
    '# comment',
    '',
    line('a', one),
    'broken',
    `@revoked ${line('b', two)}`,
    `@cert-authority ${line('*', rsa)}`,
  ];
  const keys = parseKnownHosts(text.join('\n'), '/f');
  assert.equal(
    keys.map(({ names, type, revoked, place }) => [names, type, revoked, place]),
    [
      ['a', 'ssh-ed25519', false, '/f:3'],
      ['b', 'ssh-ed25519', true, '/f:5'],
    ],
  );
});

test('known, unknown, changed, revoked', () => {
  const keys = parseKnownHosts(
    [line('a', one), `@revoked ${line('*', rsa)}`, line('c', rsa)].join('\n'),
    '/f',
  );
  assert.equal(judge(keys, 'a', one), { kind: 'known' });
  assert.equal(judge(keys, 'b', one), { kind: 'unknown' });
  assert.is(judge(keys, 'a', two).kind, 'changed');
  assert.is(judge(keys, 'c', rsa).kind, 'revoked');
  assert.equal(judge(keys, 'c', one), { kind: 'unknown' });
});

test('a written line is read back, plain and hashed', () => {
  for (const hashed of [false, true]) {
    const keys = parseKnownHosts(knownLine('[h]:23', one, hashed), '/f');
    assert.is(keys[0]!.names.startsWith('|1|'), hashed);
    assert.equal(judge(keys, '[h]:23', one), { kind: 'known' });
    assert.equal(judge(keys, 'h', one), { kind: 'unknown' });
  }
});

test('fingerprints are those of ssh-keygen', () => {
  const key = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
  assert.is(fingerprint(Buffer.from(key, 'base64')), 'SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

test.run();
