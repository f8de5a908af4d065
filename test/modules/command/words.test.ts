import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { duration, lines, stamp } from '../../../lib/modules/command/result.js';
import { anyMatch, expandingWord, splitWords } from '../../../lib/modules/command/words.js';
import { quoteAll } from '../../../lib/node/quote.js';

const sh = (script: string, env: Record<string, string> = {}) =>
  execFileSync('/bin/sh', ['-c', script], {
    env: { PATH: '/usr/bin:/bin', HOME: '/home/me', ...env },
    encoding: 'utf8',
  });

test('words as shlex splits them', () => {
  for (const [line, words] of [
    ['a  b\tc', ['a', 'b', 'c']],
    [`'a b'"c d"e`, ['a bc de']],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    [`'a\\b'`, ['a\\b']],
    ['a\\ b \\\\', ['a b', '\\']],
    [`'' ""`, ['', '']],
    ['', []],
    ['a;b|c>d', ['a;b|c>d']],
  ] as const)
    assert.equal(splitWords(line), words, line);
});

test('what is not closed is refused', () => {
  assert.throws(() => splitWords(`echo 'a`), /never closed/);
  assert.throws(() => splitWords('echo "a\\"'), /never closed/);
  assert.throws(() => splitWords('echo \\'), /ends with a backslash/);
});

test('quoted words come back', () => {
  const word = fc.string({ minLength: 0, maxLength: 8 }).filter((w) => !/\0/.test(w));
  fc.assert(
    fc.property(fc.array(word, { maxLength: 5 }), (words) =>
      assert.equal(splitWords(quoteAll(words)), words),
    ),
  );
});

test('variables and tildes are looked up by the shell, what is not set stays', () => {
  const shown = (text: string) => {
    const { setup, word } = expandingWord(text);
    return sh(`${setup}printf %s ${word}`, { NAME: 'a b' });
  };
  assert.is(shown('x$NAME/y'), 'xa b/y');
  assert.is(shown('${NAME}s'), 'a bs');
  assert.is(shown('$NOPE ${NOPE}'), '$NOPE ${NOPE}');
  assert.is(shown('~/x'), '/home/me/x');
  assert.is(shown('~root/x'), '/root/x');
  assert.is(shown('a~'), 'a~');
  assert.is(shown('$(echo no) `no` *'), '$(echo no) `no` *');
  assert.is(shown(''), '');
});

test('any text without a dollar or a leading tilde stays what it is', () => {
  const text = fc.string({ maxLength: 12 }).filter((t) => !/[\0$]|^~/.test(t));
  fc.assert(
    fc.property(text, (t) => assert.is(sh(`printf %s ${expandingWord(t).word}`), t)),
    { numRuns: 20 },
  );
});

test('patterns', () => {
  const found = (pattern: string) => sh(`(${anyMatch(pattern)}) && echo yes || echo no`).trim();
  assert.is(found('/etc/pass*'), 'yes');
  assert.is(found('/etc/pass[a-z]d'), 'yes');
  assert.is(found('/etc/nothing*'), 'no');
  assert.is(found("/etc/it's"), 'no');
});

test('moments and durations as Python prints them', () => {
  assert.is(duration(1002.003), '0:00:01.002003');
  assert.is(duration(3_600_000), '1:00:00');
  assert.is(duration(90_000_000), '1 day, 1:00:00');
  assert.is(duration(180_000_000), '2 days, 2:00:00');
  assert.match(stamp(Date.UTC(2026, 0, 2, 3, 4, 5) + 7), /^2026-01-0\d \d\d:04:05\.007000$/);
});

test('lines as splitlines cuts them', () => {
  assert.equal(lines('a\nb\r\nc\rd\n'), ['a', 'b', 'c', 'd']);
  assert.equal(lines(''), []);
  assert.equal(lines('a\n\n'), ['a', '']);
});

test.run();
