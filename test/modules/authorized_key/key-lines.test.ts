import { test } from 'uvu';
import * as assert from 'uvu/assert';
import {
  parseKey,
  parseKeys,
  parseOptions,
  renderKeys,
  sameKey,
} from '../../../lib/modules/authorized-key/key-lines.js';

const FILE = `# people
ssh-ed25519 AAAA1 one two
no-pty,command="a, b" ssh-rsa AAAA2 three

`;

test('options are taken apart outside quotes', () => {
  assert.equal(parseOptions('no-pty,command="a, b",from="x=y"'), [
    ['no-pty', null],
    ['command', '"a, b"'],
    ['from', '"x=y"'],
  ]);
});

test('keys', () => {
  const key = parseKey('no-pty sk-ssh-ed25519@openssh.com AAAA me @home', 3)!;
  assert.equal(key, {
    kind: 'key',
    id: 'AAAA',
    type: 'sk-ssh-ed25519@openssh.com',
    options: [['no-pty', null]],
    comment: 'me @home',
    rank: 3,
  });
  assert.is(parseKey('# ssh-rsa AAAA', 0), undefined);
  assert.is(parseKey('ssh-rsa', 0), undefined);
  assert.is(parseKey('ssh-foo AAAA', 0), undefined);
});

test('a file comes back as it was', () => {
  assert.is(renderKeys(parseKeys(FILE).values()), FILE);
});

test('a key without a comment ends as Ansible ends it', () => {
  assert.is(renderKeys(parseKeys('ssh-rsa AAAA\n').values()), 'ssh-rsa AAAA \n');
});

test('of two lines with the same key the later one stays', () => {
  const lines = [...parseKeys('ssh-rsa AAAA one\nssh-rsa AAAA two\n').values()];
  assert.is(lines.length, 1);
  assert.is(renderKeys(lines), 'ssh-rsa AAAA two\n');
});

test('the order of options does not matter, anything else does', () => {
  const key = (line: string) => parseKey(line, 0)!;
  assert.ok(sameKey(key('a,b ssh-rsa AAAA x'), key('b,a ssh-rsa AAAA x')));
  assert.not(sameKey(key('a ssh-rsa AAAA x'), key('ssh-rsa AAAA x')));
  assert.not(sameKey(key('ssh-rsa AAAA x'), key('ssh-rsa AAAA y')));
});

test.run();
