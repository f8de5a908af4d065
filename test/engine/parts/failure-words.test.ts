import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { failureWords, withoutShell } from '../../../lib/engine/task/failure-words.js';
import type { Action } from '../../../lib/node/actions/action.js';

const write: Action = {
  kind: 'write',
  path: '/etc/app.conf',
  content: { kind: 'bytes', data: Buffer.from('x') },
  expect: { state: 'absent' },
  attributes: {},
};
const TEMPORARY = '/etc/.ffe-b23fa59d9bccd9aac8.tmp';

const cases: [said: string, told: string | undefined][] = [
  ["head: error writing 'standard output': No space left on device", 'No space left on device'],
  ['head: write error: Disk quota exceeded', 'Disk quota exceeded'],
  [`/bin/sh: 26: eval: cannot create ${TEMPORARY}: Read-only file system`, 'Read-only file system'],
  [`sh: line 3: ${TEMPORARY}: Permission denied\nand more`, 'Permission denied'],
  [`cp: error writing '${TEMPORARY}': No space left on device`, 'No space left on device'],
  [`nginx: configuration file ${TEMPORARY} test failed`, undefined],
  ["chmod: changing permissions of '/etc/app.conf': Read-only file system", undefined],
];
for (const [said, told] of cases)
  test(`of ${JSON.stringify(said)}`, () =>
    assert.is(failureWords(said, write), told && `cannot write /etc/app.conf: ${told}`));

test('a command that complains of such a file is left its own words', () =>
  assert.is(failureWords(`x: ${TEMPORARY}: gone`, { kind: 'run', argv: ['x'] }), undefined));

test('accounts are told in the words of Ansible', () => {
  assert.is(failureWords("chown: invalid user: 'bob'", write), 'chown failed: failed to look up user bob');
  assert.is(
    failureWords("chown: invalid group: 'bob:staff'", write),
    'chgrp failed: failed to look up group staff',
  );
});

test('what a shell says before its own words is left out', () => {
  assert.is(
    withoutShell('/bin/sh: 75: eval: cannot create /t: Read-only file system'),
    'cannot create /t: Read-only file system',
  );
  assert.is(withoutShell('chmod: no'), 'chmod: no');
});

test.run();
