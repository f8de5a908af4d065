import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { encodeText } from '../../lib/values/charset.js';

/** What Python's str.encode() gives, in hexadecimal digits. */
const CASES: readonly (readonly [text: string, encoding: string, hex: string])[] = [
  ['é€', 'utf-8', 'c3a9e282ac'],
  ['é', 'UTF_8_SIG', 'efbbbfc3a9'],
  ['é', 'utf-16', 'fffee900'],
  ['é', 'utf-16-le', 'e900'],
  ['é', 'utf-16-be', '00e9'],
  ['é', 'latin-1', 'e9'],
  ['é', 'iso8859-1', 'e9'],
  ['é€', 'windows-1252', 'e980'],
  ['é€', 'cp1252', 'e980'],
  ['ж', 'cp1251', 'e6'],
  ['ж', 'koi8-r', 'd6'],
  ['€', 'iso-8859-15', 'a4'],
  ['a\n', 'ascii', '610a'],
];

for (const [text, encoding, hex] of CASES)
  test(`${text} in ${encoding}`, () => {
    const bytes = encodeText(text, encoding);
    assert.is('problem' in bytes ? bytes.problem : bytes.toString('hex'), hex);
  });

test('what an encoding has not, and encodings that nobody knows, are problems', () => {
  assert.equal(encodeText('é', 'ascii'), { problem: "'ascii' codec can't encode character 'é'" });
  assert.equal(encodeText('ж', 'latin-1'), { problem: "'latin-1' codec can't encode character 'ж'" });
  assert.equal(encodeText('a', 'klingon'), { problem: 'unknown encoding: klingon' });
});

test.run();
