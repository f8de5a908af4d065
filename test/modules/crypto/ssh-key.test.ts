import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseSshKey } from '../../../lib/modules/crypto/ssh-key.js';

/** A line of a .pub file from its strings. */
function line(word: string, parts: readonly Buffer[], comment = ''): string {
  const all = [Buffer.from(word), ...parts].flatMap((part) => {
    const head = Buffer.alloc(4);
    head.writeUInt32BE(part.length);
    return [head, part];
  });
  return `${word} ${Buffer.concat(all).toString('base64')}${comment === '' ? '' : ` ${comment}`}\n`;
}

const number = (bits: number) => Buffer.from(`00${(1n << BigInt(bits - 1)).toString(16)}`, 'hex');

test('each kind has its bits', () => {
  const size = (word: string, ...parts: Buffer[]) => {
    const key = parseSshKey(line(word, parts));
    return [key?.type, key?.size];
  };
  assert.equal(size('ssh-rsa', Buffer.from([1, 0, 1]), number(2048)), ['rsa', 2048]);
  assert.equal(size('ssh-dss', number(1024), number(160), Buffer.from([2]), number(1000)), ['dsa', 1024]);
  assert.equal(size('ecdsa-sha2-nistp521', Buffer.from('nistp521'), Buffer.alloc(133)), ['ecdsa', 521]);
  assert.equal(size('ssh-ed25519', Buffer.alloc(32)), ['ed25519', 256]);
});

test('the comment is the rest of the line', () => {
  const key = parseSshKey(line('ssh-ed25519', [Buffer.alloc(32)], 'two words'));
  assert.equal([key?.word, key?.comment], ['ssh-ed25519', 'two words']);
  // As ssh-keygen -lf prints it of 32 zeros.
  assert.match(key?.fingerprint ?? '', /^SHA256:[A-Za-z0-9+/]{43}$/);
});

test('what is no key, or one of another kind, is none', () => {
  for (const wrong of ['', 'ssh-rsa', 'ssh-rsa AAAA', 'ssh-rsa ####', line('ssh-new', [Buffer.alloc(3)])])
    assert.is(parseSshKey(wrong), undefined, wrong);
  assert.is(parseSshKey(line('ssh-rsa', [Buffer.alloc(3)]).replace('ssh-rsa', 'ssh-ed25519')), undefined);
});

test.run();
