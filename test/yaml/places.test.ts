import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { FfeError } from '../../lib/errors/error.js';
import { keyPos, posOf } from '../../lib/values/position.js';
import { Sealed, Unsafe, type Value } from '../../lib/values/value.js';
import { parseYaml } from '../../lib/yaml/load.js';
import { textPos } from '../../lib/yaml/marks.js';

const TEXT = `# comment
name: web
list:
  - one
  - {k: v, 'q': "two"}
<<: {merged: 1}
tagged: !unsafe "x"
`;

function at(pos: { line: number; col: number } | undefined): string {
  return pos ? `${pos.line}:${pos.col}` : 'none';
}

test('containers, keys and values know their places', () => {
  const root = parseYaml(TEXT, 'f.yml') as Map<Value, Value>;
  assert.equal(posOf(root), { file: 'f.yml', line: 2, col: 1 });
  assert.is(at(keyPos(root, 'list')), '3:1');
  assert.is(at(posOf(root, 'name')), '2:7');
  assert.is(at(posOf(root, 'list')), '4:3');
  const list = root.get('list') as Value[];
  assert.is(at(posOf(list, 0)), '4:5');
  assert.is(at(posOf(list[1], 'k')), '5:9');
  assert.is(at(keyPos(list[1], 'q')), '5:12');
  assert.is(at(keyPos(root, 'merged')), '6:6');
  assert.is(at(posOf(root, 'merged')), '6:14');
  assert.is(at(posOf(root, 'absent')), '2:1');
});

const STYLES: [style: string, yaml: string, line: number, col: number, place: string][] = [
  ['plain', 'k: ab cd', 1, 4, '1:7'],
  ['plain over lines', 'k: ab\n   cd\n   ef', 1, 7, '3:4'],
  ['plain, a space', 'k: ab cd', 1, 3, '1:6'],
  ['single quotes', "k: 'a''b c'", 1, 3, '1:8'],
  ['double quotes', 'k: "a\\tb\\u00e9{{ x }}"', 1, 5, '1:15'],
  ['double quotes, first', 'k: "{{ x }}"', 1, 1, '1:5'],
  ['escaped quote', 'k: "\\"{{ x }}"', 1, 2, '1:7'],
  ['literal', 'k: |\n  ab\n    {{ x }}\n', 2, 3, '3:5'],
  ['literal, indentation given', 'k: |2-\n   ab\n', 1, 2, '2:4'],
  ['folded', 'k: >-\n  ab\n  {{ x }}\n\n  c', 1, 4, '3:3'],
  ['folded, later line', 'k: >-\n  ab\n  {{ x }}\n\n  c', 2, 1, '5:3'],
  ['past the end', 'k: ab', 1, 9, '1:6'],
];

for (const [style, yaml, line, col, place] of STYLES)
  test(`a character inside a scalar: ${style}`, () => {
    assert.is(at(textPos(parseYaml(yaml, 'f.yml'), 'k', line, col)), place);
  });

test('a character inside an unsafe string, and of nothing at all', () => {
  assert.is(at(textPos(parseYaml('k: !unsafe "ab"', 'f.yml'), 'k', 1, 2)), '1:14');
  assert.is(textPos(new Map([['k', 'v']]), 'k', 1, 1), undefined);
  assert.is(at(textPos(parseYaml('- - x', 'f.yml'), 0, 1, 1)), '1:3');
});

test('the place of a visible character holds that character, in every style', () => {
  const word = fc.stringMatching(/^[a-z{}%]{1,6}$/);
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 6 }),
      fc.nat(40),
      fc.boolean(),
      (words, n, quoted) => {
        const text = words.join(' ');
        const lines = words.map((w) => `  ${w}`).join('\n');
        const yaml = quoted ? `k: "${words.join('\n   ')}"\n` : `k: >-\n${lines}\n`;
        const index = n % text.length;
        if (text[index] === ' ') return;
        const pos = textPos(parseYaml(yaml, 'f.yml'), 'k', 1, index + 1)!;
        assert.is(yaml.split('\n')[pos.line - 1]![pos.col - 1], text[index]);
      },
    ),
  );
});

test('tags become leaves', () => {
  const root = parseYaml('a: !unsafe [x, {y: z}]\nb: !vault |\n  $ANSIBLE_VAULT;1.1\n  00\n', 'f') as Map<
    Value,
    Value
  >;
  const list = root.get('a') as unknown[];
  assert.instance(list[0], Unsafe);
  assert.equal((list[1] as Map<string, Unsafe>).get('y'), new Unsafe('z'));
  assert.equal(root.get('b'), new Sealed('$ANSIBLE_VAULT;1.1\n00\n'));
});

const ERRORS: [yaml: string, place: string, message: RegExp, hint?: RegExp][] = [
  ['a: {{ b }}', '1:5', /key must be a single value/, /must be quoted/],
  ['a: {{ b }}/c', '1:11', /YAML/, /must be quoted/],
  ['x: 1\na: b: c', '2:4', /compact mappings/i, /': '/],
  ['- name: x\n   debug: y', '1:9', /compact mappings/i, /one column/],
  ['a: b\n\tc: d', '2:1', /[Tt]ab/, /spaces/],
  ['a: "b" c', '1:8', /YAML/, /quote/],
  ['a: 1\n---\nb: 2', '2:1', /second document/],
  ['a: !valt x', '1:10', /unknown tag '!valt' \(did you mean '!vault'/],
  ['a: !!int x', '1:10', /'x' is not a valid !!int/],
  ['a: *b', '1:4', /anchor '&b' is not defined/],
  ['a: &b [*b]', '1:8', /contains itself/],
];

for (const [yaml, place, message, hint] of ERRORS)
  test(`error of ${JSON.stringify(yaml)}`, () => {
    try {
      parseYaml(yaml, 'f.yml');
      assert.unreachable();
    } catch (error) {
      assert.instance(error, FfeError);
      const { pos, message: got, hint: gotHint } = error as FfeError;
      assert.is(at(pos), place);
      assert.match(got, message);
      if (hint) assert.match(gotHint ?? '', hint);
    }
  });

test('a key written twice is a warning with its place', () => {
  const seen: string[] = [];
  parseYaml('a: 1\nb: 2\na: 3', 'f.yml', { warn: (text, pos) => seen.push(`${at(pos)} ${text}`) });
  assert.equal(seen, ['3:1 found a duplicate dict key (a); the last one counts: f.yml:3:1']);
});

test('a key written twice may be an error, or nothing', () => {
  const text = 'a: 1\nb: {c: 1, c: 2}';
  assert.throws(() => parseYaml(text, 'f.yml', { duplicates: 'error' }), /found a duplicate dict key \(c\)/);
  const warn = () => assert.unreachable();
  parseYaml(text, 'f.yml', { duplicates: 'ignore', warn });
});

test('a bomb of aliases is refused, and so is a very deep file', () => {
  const levels = Array.from({ length: 12 }, (_, i) =>
    i === 0
      ? 'l0: &l0 [x]'
      : `l${i}: &l${i} [${Array(10)
          .fill(`*l${i - 1}`)
          .join(', ')}]`,
  );
  assert.throws(() => parseYaml(levels.join('\n'), 'f.yml'), /aliases expand/);
  assert.throws(() => parseYaml('['.repeat(20_000), 'f.yml'), /YAML/);
});

test.run();
