import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { FfeError } from '../../../lib/errors/error.js';
import { quoteAll } from '../../../lib/node/quote.js';
import { parseSshArgs } from '../../../lib/node/ssh/args.js';
import { splitWords } from '../../../lib/node/ssh/words.js';
import { readCases } from '../cases.js';

type Case = { name: string; line: string; options?: Record<string, string[]>; error?: string };

for (const one of readCases<Case>(new URL('args.yml', import.meta.url), ['name', 'line', 'options', 'error']))
  test(`arguments: ${one.name}`, () => {
    if (one.error === undefined) assert.equal(Object.fromEntries(parseSshArgs(one.line)), one.options);
    else
      assert.throws(
        () => parseSshArgs(one.line),
        (error: FfeError) => error.message === one.error && error.code === 'unreachable',
      );
  });

test('undefined means no arguments', () => assert.is(parseSshArgs(undefined).size, 0));

test('splitting is the inverse of quoting', () => {
  const word = fc.string({ minLength: 1 }).filter((text) => !text.includes('\0'));
  fc.assert(fc.property(fc.array(word), (words) => assert.equal(splitWords(quoteAll(words)), words)));
});

test('double quotes keep backslashes that mean nothing', () => {
  assert.equal(splitWords('"a\\"b" "c\\d" e"f g"h'), ['a"b', 'c\\d', 'ef gh']);
});

test.run();
