import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Become } from '../../lib/node/become.js';
import { becomeCommand, isNeeded } from '../../lib/node/become-command.js';
import { becomeFailure } from '../../lib/node/become-dialog.js';
import { readCases } from './cases.js';

type Case = { name: string; become: Become; command: string; prompt?: string };

const KEYS = ['name', 'become', 'command', 'prompt'] as const;

for (const one of readCases<Case>(new URL('become-command.yml', import.meta.url), KEYS))
  test(one.name, () => {
    const { command, prompt } = becomeCommand(one.become, '/bin/sh', 'echo hi', '12ab');
    assert.is(command, one.command);
    if (one.become.method !== 'su') assert.is(prompt, one.prompt);
    assert.not.ok(command.includes('pw'));
  });

test('su’s prompt in several languages', () => {
  const { prompt } = becomeCommand({ method: 'su', user: 'root' }, '/bin/sh', 'x', '1');
  for (const text of ['Password: ', 'Passwort: ', 'Mot de passe : ', 'パスワード：'])
    assert.ok((prompt as RegExp).test(text), text);
  for (const text of ['', 'su: warning: cannot change directory: No such file\n', 'Pass'])
    assert.not.ok((prompt as RegExp).test(text), text);
});

test('nothing is run to become oneself', () => {
  assert.not.ok(isNeeded(undefined, 'me'));
  assert.not.ok(isNeeded({ method: 'sudo', user: 'me' }, 'me'));
  assert.ok(isNeeded({ method: 'sudo', user: 'me', flags: '-i' }, 'me'));
  assert.ok(isNeeded({ method: 'sudo', user: 'other' }, 'me'));
});

type Said = { name: string; become: Become; said: string; message: string };

for (const one of readCases<Said>(new URL('become-failure.yml', import.meta.url), [
  'name',
  'become',
  'said',
  'message',
]))
  test(`failure: ${one.name}`, () => {
    const error = becomeFailure(one.become, 'web1', one.said);
    assert.equal([error.code, error.message], ['become', one.message]);
  });

test.run();
