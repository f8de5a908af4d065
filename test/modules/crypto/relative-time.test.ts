import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { timeOption, timeText } from '../../../lib/modules/crypto/relative-time.js';

const NOW = Date.UTC(2030, 0, 1, 12, 0, 0, 250);
const at = (words: string) => timeText(timeOption(words, 'x', NOW));

test('times from now', () => {
  assert.equal(['+0s', '+1d', '-1w', '+1w2d3h4m5s', '+5', '+1D'].map(at), [
    '20300101120000Z',
    '20300102120000Z',
    '20291225120000Z',
    '20300110150405Z',
    '20300101120005Z',
    '20300102120000Z',
  ]);
});

test('times in themselves, with and without seconds, in other zones', () => {
  assert.equal(['20300131120059Z', '203001311200Z', '20300131120000+0200', '203001311200-01:30'].map(at), [
    '20300131120059Z',
    '20300131120000Z',
    '20300131100000Z',
    '20300131133000Z',
  ]);
});

test('whatever time is told can be read', () => {
  const dates = fc.date({ min: new Date('1950-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
  fc.assert(
    fc.property(dates, (date) => {
      const ms = Math.floor(date.getTime() / 1000) * 1000;
      assert.is(timeOption(timeText(ms), 'x', NOW), ms);
    }),
  );
});

test('anything else is refused by the name of its argument', () => {
  for (const wrong of [
    '',
    '+',
    '-',
    '+d',
    '+1x',
    'tomorrow',
    '20300231120000Z',
    '20301301120000Z',
    '20300101250000Z',
    '2030',
  ])
    assert.throws(() => timeOption(wrong, 'ownca_not_after', NOW), /for ownca_not_after is invalid/, wrong);
});

test.run();
