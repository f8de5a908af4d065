import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { textWidth } from '../../lib/report/width.js';

// What wcwidth of glibc answers.
const WIDTHS: readonly (readonly [text: string, columns: number])[] = [
  ['', 0],
  ['TASK [x]', 8],
  ['Größe', 5],
  ['e\u0301', 1],
  ['日本', 4],
  ['ｱ', 1],
  ['Ａ', 2],
  ['🎉', 2],
  ['a\u200bb', 2],
  ['한글', 4],
];

for (const [text, columns] of WIDTHS)
  test(`columns of ${JSON.stringify(text)}`, () => assert.is(textWidth(text), columns));

test.run();
