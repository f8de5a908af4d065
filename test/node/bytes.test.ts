import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeBytes, encodeBytes } from '../../lib/node/bytes.js';

test('any bytes survive the way to text and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      assert.equal([...encodeBytes(decodeBytes(bytes))], [...bytes]);
    }),
    { numRuns: 500 },
  );
});

test('different bytes are different texts', () => {
  const bytes = fc.uint8Array({ maxLength: 4 });
  fc.assert(
    fc.property(bytes, bytes, (a, b) => {
      assert.is(decodeBytes(a) === decodeBytes(b), Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0);
    }),
    { numRuns: 500 },
  );
});

test('UTF-8 stays as it is, with characters beyond the first plane', () => {
  for (const text of ['', 'ascii', 'größe', '日本', '😀 x']) assert.is(decodeBytes(Buffer.from(text)), text);
  assert.equal(encodeBytes('😀'), Buffer.from('😀'));
});

test('what is not UTF-8 becomes one code unit for each byte', () => {
  assert.is(decodeBytes(Buffer.from([0x61, 0xff, 0xc3])), 'a\udcff\udcc3');
  assert.is(
    decodeBytes(Buffer.from([0xed, 0xa0, 0x80])),
    '\udced\udca0\udc80',
    'encoded surrogates are not UTF-8',
  );
  assert.is(decodeBytes(Buffer.from([0xc0, 0xaf])), '\udcc0\udcaf', 'nor are overlong forms');
});

test.run();
