import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonText } from '../../lib/modules/copy/json-text.js';
import { withBlock } from '../../lib/modules/edit/block.js';
import { bytesOfText, byteText } from '../../lib/modules/edit/bytes.js';
import { absentLines, presentLine, splitLines } from '../../lib/modules/edit/lines.js';
import { timeText } from '../../lib/modules/file/times.js';
import type { Json } from '../../lib/values/json.js';

const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '=', '#'), minLength: 1, maxLength: 4 });
const end = fc.constantFrom('', '\n', '\r\n');
const body = fc
  .tuple(fc.array(line, { maxLength: 6 }), end)
  .map(([lines, last]) => lines.join('\n') + (lines.length ? last : ''));
const anchor = fc.option(fc.constantFrom('a', '^b', '#', 'EOF', 'BOF'), { nil: undefined });

test('bytes survive the way through a text', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (data) => {
      assert.equal(new Uint8Array(bytesOfText(byteText(data))), data);
    }),
  );
});

test('lines put together are the text', () => {
  fc.assert(fc.property(body, (text) => assert.is(splitLines(text).join(''), text)));
});

const wish = fc.record({
  line,
  regexp: fc.option(fc.constantFrom('^a', 'b', '='), { nil: undefined }),
  insertafter: anchor,
  firstmatch: fc.boolean(),
  backrefs: fc.constant(false),
});

test('a line that was put in is there, once and for all', () => {
  fc.assert(
    fc.property(body, wish, (text, wanted) => {
      // A line that the pattern does not match would be put in again, as Ansible does too.
      fc.pre(wanted.regexp === undefined || new RegExp(wanted.regexp).test(wanted.line));
      const once = presentLine(splitLines(text), wanted).lines;
      assert.ok(once.some((l) => l.replace(/[\r\n]+$/, '') === wanted.line));
      assert.equal(presentLine(once, wanted).msg, '');
    }),
  );
});

test('a line that was taken out is gone', () => {
  fc.assert(
    fc.property(body, line, (text, wanted) => {
      const { lines, found } = absentLines(splitLines(text), { line: wanted });
      assert.is(lines.length + found, splitLines(text).length);
      assert.is(absentLines(lines, { line: wanted }).found, 0);
    }),
  );
});

const block = fc.record({
  block: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  marker: fc.constantFrom('# {mark} it', '<{mark}>'),
  marker_begin: fc.constant('BEGIN'),
  marker_end: fc.constant('END'),
  insertafter: fc.option(fc.constantFrom('a', '^b', 'EOF'), { nil: undefined }),
  append_newline: fc.boolean(),
  prepend_newline: fc.boolean(),
});

test('a block that was put in stays as it is', () => {
  fc.assert(
    fc.property(body, block, (text, wanted) => {
      const once = withBlock(text, wanted);
      assert.ok(once.includes(`${wanted.block}\n`));
      assert.is(withBlock(once, wanted), once);
    }),
  );
});

test('a block that was taken out leaves what was around it', () => {
  fc.assert(
    fc.property(body, block, (text, wanted) => {
      const plain = { ...wanted, append_newline: false, prepend_newline: false };
      const ended = text === '' || /\n$/.test(text) ? text : `${text}\n`;
      const left = withBlock(withBlock(text, plain), { ...plain, block: '' });
      assert.ok(left === ended || left === text, JSON.stringify(left));
    }),
  );
});

test('JSON with blanks is the same JSON', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = jsonText(value as Json);
      assert.equal(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.ok(/^[\x20-\x7e]*$/.test(text));
    }),
  );
});

const TIMES: [text: string, format: string, expected: string][] = [
  ['202001021503.04', '%Y%m%d%H%M.%S', '2020-01-02 15:03:04'],
  ['2020-01-02', '%Y-%m-%d', '2020-01-02 00:00:00'],
  ['12:30', '%H:%M', '1900-01-01 12:30:00'],
  ['68', '%y', '2068-01-01 00:00:00'],
  ['70', '%y', '1970-01-01 00:00:00'],
  ['2020-1-2 3:4:5', '%F %T', '2020-01-02 03:04:05'],
];
for (const [text, format, expected] of TIMES)
  test(`time ${text} as ${format}`, () => assert.is(timeText(text, format), expected));

test('times that cannot be read', () => {
  assert.throws(() => timeText('x', '%Y'), /does not match format/);
  assert.throws(() => timeText('x', '%Q'), /not known/);
});

test.run();
