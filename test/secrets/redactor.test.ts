import * as fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { createRedactor } from '../../lib/secrets/redactor.js';
import type { Json } from '../../lib/values/json.js';

type Case = { name: string; secrets: string[]; text: string; shown: string };

const CASES: readonly Case[] = [
  { name: 'nothing known', secrets: [], text: 'hunter22', shown: 'hunter22' },
  { name: 'alone', secrets: ['hunter22'], text: 'hunter22', shown: '********' },
  { name: 'within', secrets: ['hunter22'], text: 'is hunter22!', shown: 'is ********!' },
  { name: 'twice', secrets: ['hunter22'], text: 'hunter22 hunter22', shown: '******** ********' },
  { name: 'too short', secrets: ['abc'], text: 'abc abcd', shown: 'abc abcd' },
  {
    name: 'the longer first',
    secrets: ['secret', 'secret-two'],
    text: 'secret-two secret',
    shown: '******** ********',
  },
  {
    name: 'special characters',
    secrets: ['a.b*c$(d)'],
    text: 'x a.b*c$(d) axbbc',
    shown: 'x ******** axbbc',
  },
  { name: 'a dollar sign is no reference', secrets: ['$&$1$$'], text: '<$&$1$$>', shown: '<********>' },
  { name: 'a backslash', secrets: ['back\\slash'], text: 'back\\slash', shown: '********' },
  { name: 'in JSON', secrets: ['quo"ted\\'], text: '{"a": "quo\\"ted\\\\"}', shown: '{"a": "********"}' },
  { name: 'in base64', secrets: ['hunter22'], text: 'Basic aHVudGVyMjI=', shown: 'Basic ********' },
  {
    name: 'in a URL',
    secrets: ['p@ss word'],
    text: 'http://u:p%40ss%20word@h',
    shown: 'http://u:********@h',
  },
  { name: 'without the end of its line', secrets: ['hunter22\n'], text: 'hunter22 x', shown: '******** x' },
  {
    name: 'one line of many',
    secrets: ['-----BEGIN-----\nMIIabc\n'],
    text: 'read MIIabc',
    shown: 'read ********',
  },
  { name: 'case matters', secrets: ['hunter22'], text: 'Hunter22', shown: 'Hunter22' },
  { name: 'other alphabets', secrets: ['пароль'], text: 'x пароль y', shown: 'x ******** y' },
];

for (const { name, secrets, text, shown } of CASES)
  test(name, () => {
    const redactor = createRedactor();
    for (const secret of secrets) redactor.add(secret);
    assert.is(redactor.text(text), shown);
    assert.is(redactor.text(shown), shown);
  });

test('a sealed file of many lines is no burden and stays hidden', () => {
  const redactor = createRedactor();
  const lines = Array.from({ length: 60_000 }, (_, i) => `line-${i}-of-a-large-secret-file`);
  redactor.add(lines.join('\n'));
  assert.is(redactor.text(`x ${lines[59_999]} y`), 'x ******** y');
  assert.is(redactor.text(lines.join('\n')), '********');
});

test('a secret that comes later is hidden from then on', () => {
  const redactor = createRedactor();
  redactor.add('first-one');
  assert.is(redactor.text('first-one later-one'), '******** later-one');
  redactor.add('later-one');
  assert.is(redactor.text('first-one later-one'), '******** ********');
});

test('keys, values and lists of a result are cleaned; the rest stays as it is', () => {
  const redactor = createRedactor();
  redactor.add('hunter22');
  const result = { hunter22: 1, a: ['hunter22', { b: 'x hunter22' }], n: null, t: true, f: 1.5 };
  assert.equal(redactor.json(result), {
    '********': 1,
    a: ['********', { b: 'x ********' }],
    n: null,
    t: true,
    f: 1.5,
  });
  assert.is(result.a[0], 'hunter22');
  assert.is(redactor.json(undefined), undefined);
});

const secretText = fc
  .string({ minLength: 4, maxLength: 20, unit: 'grapheme' })
  .filter((s) => s.trim().length >= 4 && !s.includes('*'));

test('no secret remains in any text around it', () => {
  fc.assert(
    fc.property(secretText, fc.string(), fc.string(), (secret, before, after) => {
      const redactor = createRedactor();
      redactor.add(secret);
      assert.not.ok(redactor.text(`${before}${secret}${after}`).includes(secret));
    }),
  );
});

test('no secret remains anywhere in a result', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(secretText, { minLength: 1, maxLength: 4 }),
      fc.jsonValue(),
      (secrets, value) => {
        const redactor = createRedactor();
        for (const secret of secrets) redactor.add(secret);
        const result = { value, found: secrets, text: secrets.join(' ') } as unknown as Json;
        const shown = JSON.stringify(redactor.json(result));
        for (const secret of secrets)
          assert.not.ok(shown.includes(JSON.stringify(secret).slice(1, -1)), shown);
      },
    ),
  );
});

test.run();
