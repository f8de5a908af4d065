import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { stringify } from 'yaml';
import { fromJson, toJson } from '../../lib/values/convert.js';
import type { Json } from '../../lib/values/json.js';
import { keyPos, posOf } from '../../lib/values/position.js';
import { repr } from '../../lib/values/print.js';
import type { Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';
import { textPos } from '../../lib/yaml/marks.js';

// Characters that YAML holds without an escape.
const text = fc.stringMatching(/^[ -~\u00a1-\u00ff]{0,12}$/);
const json = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ) as fc.Arbitrary<Json>,
})).value;

test('JSON is read as the values it holds', () => {
  fc.assert(
    fc.property(json, (value) => {
      assert.is(repr(parseYaml(JSON.stringify(value), 'f') as Value), repr(fromJson(value)));
    }),
  );
});

test('what the yaml package writes for YAML 1.1 is read back', () => {
  fc.assert(
    fc.property(json, (value) => {
      const yaml = stringify(value, { version: '1.1', aliasDuplicateObjects: false });
      assert.equal(toJson(parseYaml(yaml, 'f') as Value), toJson(fromJson(value)));
    }),
  );
});

function checkPlaces(container: Value, lines: readonly string[]): void {
  const entries =
    container instanceof Map ? [...container] : Array.isArray(container) ? [...container.entries()] : [];
  const at = (pos: { line: number; col: number }) => lines[pos.line - 1]!.slice(pos.col - 1);
  for (const [key, value] of entries as [Value, Value][]) {
    if (container instanceof Map)
      assert.ok(at(keyPos(container, key)!).startsWith(JSON.stringify(key)), 'the place of a key');
    assert.ok(
      at(posOf(container, key)!).startsWith(JSON.stringify(toJson(value))[0]!),
      'the place of a value',
    );
    if (typeof value === 'string' && value.trim() !== '') {
      const first = value.length - value.trimStart().length;
      const found = at(textPos(container, key, 1, first + 1)!);
      assert.is(found[0], JSON.stringify(value.trimStart())[1], 'the place of a character');
    }
    checkPlaces(value, lines);
  }
}

test('every key, value and text of a file knows its place', () => {
  fc.assert(
    fc.property(json, (value) => {
      const source = JSON.stringify(value, null, 2);
      checkPlaces(parseYaml(source, 'f') as Value, source.split('\n'));
    }),
  );
});

test('no text whatever ends in anything but values or an error with a place', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '"',
    "'",
    '[',
    ']',
    '{',
    '}',
    '#',
    '|',
    '>',
    '&x',
    '*x',
    '!t',
    '? ',
    ',',
    '\t',
    '1',
    '---\n',
    '<<: ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      try {
        parseYaml(pieces.join(''), 'f.yml');
      } catch (error) {
        const { code, pos } = error as { code?: string; pos?: { line: number } };
        assert.is(code, 'parse', String(error));
        assert.ok(pos!.line >= 1);
      }
    }),
    { numRuns: 500 },
  );
});

test.run();
