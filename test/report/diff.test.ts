import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { diffText } from '../../lib/report/diff.js';
import { ansi } from '../../lib/report/paint.js';
import type { JsonObject } from '../../lib/values/json.js';
import { recorded } from '../recorded.js';

type Case = { diff: JsonObject; text: string[] };

/** Empty lines at the end are the printer's, not the diff's. */
for (const [i, { diff, text }] of recorded<Case>('report/diff.recorded.json', ['diff', 'text']).entries())
  test(`diff ${i} is printed as Ansible prints it`, () => {
    assert.is(diffText({ diff }).trimEnd(), text.join('\n').trimEnd());
    assert.is(
      diffText({ diff: [diff, diff] }).trimEnd(),
      [...text, ...text]
        .join('\n')
        .replace(/\n\n\n---/, '\n\n---')
        .trimEnd(),
    );
  });

test('no diff, no text', () => {
  for (const result of [{}, { diff: [] }, { diff: null }, { diff: {} }, { diff: ['x'] }] as JsonObject[])
    assert.is(diffText(result), '');
});

test('a prepared diff is printed as it is', () => {
  assert.is(diffText({ diff: { prepared: '+ as it is\n' } }), '+ as it is\n');
});

test('what is added is green, what is removed red, where it is cyan', () => {
  const shown = diffText({ diff: { before: 'a\n', after: 'b\n' } }, ansi());
  assert.ok(shown.includes('\x1b[32m+b\x1b[39m'), shown);
  assert.ok(shown.includes('\x1b[31m-a\x1b[39m'), shown);
  assert.ok(shown.includes('\x1b[36m@@ -1 +1 @@\x1b[39m'), shown);
});

test('texts that share nothing are told without searching for minutes', () => {
  const side = (word: string) => Array.from({ length: 8000 }, (_, i) => `${word} ${i}\n`).join('');
  const shown = diffText({ diff: { before: side('old'), after: side('new') } }).split('\n');
  assert.is(shown[2], '@@ -1,8000 +1,8000 @@');
  assert.is(shown.filter((line) => line.startsWith('-old')).length, 8000);
  assert.is(shown.filter((line) => line.startsWith('+new')).length, 8000);
});

test.run();
