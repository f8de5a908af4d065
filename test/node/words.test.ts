import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { quoteAll } from '../../lib/node/quote.js';
import { splitWords } from '../../lib/node/words.js';

const cases: [string, string[]][] = [
  ['', []],
  ['  visudo  -cf %s ', ['visudo', '-cf', '%s']],
  [`a "b c" 'd e'f`, ['a', 'b c', 'd ef']],
  [`''`, ['']],
  [`a '' ""`, ['a', '', '']],
  [`"a\\"b\\$c\\d" e\\ f`, ['a"b$c\\d', 'e f']],
  [`'a\\b'`, ['a\\b']],
  ['$HOME `x` | y; z', ['$HOME', '`x`', '|', 'y;', 'z']],
];
for (const [line, words] of cases)
  test(`splits ${JSON.stringify(line)}`, () => assert.equal(splitWords(line), words));

test('an open quote is an error that shows the line', () => {
  for (const line of ["echo 'a", 'echo "a', 'echo "a\\"', 'a\\'])
    assert.throws(
      () => splitWords(line),
      (e: Error & { code?: string }) => e.code === 'bad-value' && e.message.includes(line),
    );
});

test('what quoteAll joins is split again as a shell splits it', () => {
  const word = fc.string({ maxLength: 12 }).filter((w) => !w.includes('\0') && !/[\udc80-\udcff]/.test(w));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      assert.equal(splitWords(quoteAll(words)), words);
    }),
  );
  assert.is(execFileSync('sh', ['-c', `printf '<%s>' ${cases[5]![0]}`]).toString(), '<a"b$c\\d><e f>');
});

test.run();
