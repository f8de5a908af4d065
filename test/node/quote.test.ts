import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeBytes } from '../../lib/node/bytes.js';
import { printText, quote, quoteAll } from '../../lib/node/quote.js';

const shells = ['dash', 'bash'].filter((name) => {
  try {
    return execFileSync(name, ['-c', ':']).length === 0;
  } catch {
    return false;
  }
});
const printed = (shell: string, words: readonly string[]): string[] =>
  execFileSync(shell, ['-c', `for w in ${quoteAll(words)}; do printf '%s\\0' "$w"; done`])
    .toString('latin1')
    .split('\0')
    .slice(0, -1);

const cases: [string, string][] = [
  ['plain-word_1.2/x:y@z,+%', 'plain-word_1.2/x:y@z,+%'],
  ['', "''"],
  ['a b', "'a b'"],
  ["it's", "'it'\\''s'"],
  ['~', "'~'"],
  ['a=b', "'a=b'"],
  ['done', "'done'"],
  ['$(x)', "'$(x)'"],
  ['*', "'*'"],
  ['é', "'é'"],
  ['a\udcffb', `'a'"$(printf '\\377')"'b'`],
];
for (const [word, quoted] of cases)
  test(`quotes ${JSON.stringify(word)}`, () => assert.is(quote(word), quoted));

test('a word with NUL is refused', () => {
  assert.throws(() => quote('a\0b'), /NUL/);
});

test('printText prints the text and nothing else', () => {
  assert.is(execFileSync('sh', ['-c', printText('-n %s\\n\n')]).toString(), '-n %s\\n\n');
});

for (const shell of shells)
  test(`any bytes are one word of ${shell}`, () => {
    const word = fc.uint8Array({ maxLength: 30 }).map((a) => Buffer.from(a.map((b) => b || 0x27)));
    fc.assert(
      fc.property(fc.array(word, { minLength: 20, maxLength: 40 }), (words) => {
        const wanted = words.map((w) => w.toString('latin1'));
        assert.equal(printed(shell, words.map(decodeBytes)), wanted);
      }),
      { numRuns: 20 },
    );
  });

test.run();
