import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { knowingVault } from '../../lib/cli/knowing-vault.js';
import { createRedactor } from '../../lib/secrets/redactor.js';
import { createVault } from '../../lib/secrets/vault.js';

const secret = { id: 'default', password: 'opener' };

function opened(text: string): (shown: string) => string {
  const redactor = createRedactor();
  const vault = knowingVault(createVault([secret]), redactor);
  assert.is(vault.open(vault.seal(text, secret)), text);
  return redactor.text;
}

const cases = [
  {
    name: 'values of a dict are hidden',
    text: 'db_password: correct-horse\n',
    shown: 'pw=correct-horse!',
    hidden: 'pw=********!',
  },
  {
    name: 'values deep inside too',
    text: 'a: {b: [{c: deep-secret}]}\n',
    shown: '<deep-secret>',
    hidden: '<********>',
  },
  {
    name: 'names are not secrets',
    text: 'db_password: correct-horse\n',
    shown: 'db_password',
    hidden: 'db_password',
  },
  { name: 'short words are not hidden', text: 'user: root\n', shown: 'root', hidden: 'root' },
  {
    name: 'a sealed list of plays is no list of secrets',
    text: '- hosts: webservers\n',
    shown: 'webservers',
    hidden: 'webservers',
  },
  {
    name: 'other text is hidden line by line',
    text: 'first line\nsecond line',
    shown: 'the second line',
    hidden: 'the ********',
  },
  {
    name: 'also in base64',
    text: 'token: abcdefgh12345\n',
    shown: Buffer.from('abcdefgh12345').toString('base64'),
    hidden: '********',
  },
];

for (const { name, text, shown, hidden } of cases) {
  test(`what a vault opens: ${name}`, () => {
    assert.is(opened(text)(shown), hidden);
  });
}

test.run();
