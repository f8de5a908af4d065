import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { literalOf } from '../../lib/modules/find/content.js';

const CASES: readonly (readonly [pattern: string, literal: string])[] = [
  ['plain words', 'plain words'],
  ['^Listen\\s+443', 'Listen'],
  ['ab*cd+e', 'cd'],
  ['colou?r', 'colo'],
  ['x{2}yyy', ''],
  ['abc{2}yyy', 'ab'],
  ['[abc]def[\\]x]gh', 'def'],
  ['(longest) no', ' no'],
  ['((a)b)cd', 'cd'],
  ['a|b', ''],
  ['(?i)abc', ''],
  ['\\d+\\.conf\\b', '.conf'],
  ['one\\ntwo', 'one'],
  ['a\nbcd', 'bcd'],
  ['.*', ''],
  ['', ''],
  ['[]]x', 'x'],
  ['\\(a\\)', '(a)'],
  ['é+ü', 'é'],
];

for (const [pattern, literal] of CASES)
  test(`the text that a match of ${JSON.stringify(pattern)} holds`, () =>
    assert.is(literalOf(pattern), literal));

test.run();
