import { basename } from 'node:path';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { functionsOf, quantile, sources, withoutComments } from './source.js';

const LIB = sources('lib');
const FUNCTIONS = LIB.flatMap((file) => functionsOf(file).map((span) => ({ path: file.path, ...span })));

/** Places in lib where a pattern stands in code (comments left out). */
function places(pattern: RegExp, files = LIB): string[] {
  return files.flatMap(({ path, text }) =>
    withoutComments(text)
      .split('\n')
      .flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}: ${line.trim()}`] : [])),
  );
}

test('files are short: median 70 lines at most, none above 300', () => {
  const lengths = LIB.map((file) => file.lines.length);
  assert.ok(quantile(lengths, 0.5) <= 70, `median ${quantile(lengths, 0.5)}`);
  assert.equal(
    LIB.filter((file) => file.lines.length > 300).map((file) => file.path),
    [],
  );
});

test('functions are short: none above 60 lines', () => {
  assert.ok(FUNCTIONS.length > 100);
  assert.equal(
    FUNCTIONS.filter((f) => f.length > 60).map((f) => `${f.path}:${f.line}: ${f.length}`),
    [],
  );
});

test('functions are short: median 8 lines, nine of ten within 25', () => {
  const lengths = FUNCTIONS.map((f) => f.length);
  assert.ok(quantile(lengths, 0.5) <= 8, `median ${quantile(lengths, 0.5)}`);
  assert.ok(quantile(lengths, 0.9) <= 25, `p90 ${quantile(lengths, 0.9)}`);
});

test("nothing is 'any'", () => {
  assert.equal(places(/(:\s*any\b|<any>|\bas any\b|\bany\[\])/), []);
});

test('no module holds state that changes', () => {
  assert.equal(places(/^(export )?let \w/), []);
});

test('only the command line ends the process', () => {
  const rest = LIB.filter((file) => !file.path.startsWith('lib/cli/'));
  assert.equal(places(/process\.exit\(/, rest), []);
});

test('only errors, and what nunjucks wants extended, inherit', () => {
  assert.equal(places(/class \w+ extends (?!\w*Errors?\b)/), []);
});

test('no file has a name that says nothing', () => {
  const empty = /^(utils?|helpers?|common|types|base|manager|context|core|misc)\.ts$/;
  assert.equal(
    LIB.filter((file) => empty.test(basename(file.path))).map((file) => file.path),
    [],
  );
});

test('nothing is put off in a comment', () => {
  const later = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X'].join(''));
  assert.equal(
    LIB.filter((file) => new RegExp(`\\b(${later.source})\\b`).test(file.text)).map((f) => f.path),
    [],
  );
});

test.run();
