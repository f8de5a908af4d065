import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { doubleBackslashes } from '../../../lib/template/lex/backslashes.js';
import { readHeader } from '../../../lib/template/lex/header.js';
import { DEFAULT_SYNTAX } from '../../../lib/template/lex/syntax.js';
import { SyntaxProblem, type Token } from '../../../lib/template/lex/token.js';
import { normalize, tokenize } from '../../../lib/template/lex/tokenizer.js';
import { unescapeString } from '../../../lib/template/lex/unescape.js';

const kinds = (source: string): string[] =>
  tokenize(source, DEFAULT_SYNTAX).list.map((t) => (t.type === 'eof' ? 'eof' : `${t.type} ${t.value}`));

const CASES: [string, string[]][] = [
  ['', ['eof']],
  ['text', ['data text', 'eof']],
  [
    '{{ a.b }}',
    ['variable-start variable', 'symbol a', 'operator .', 'symbol b', 'variable-end variable', 'eof'],
  ],
  [
    "{{ 'a' 1 1.5 0x1f }}",
    [
      'variable-start variable',
      "string 'a'",
      'int 1',
      'float 1.5',
      'int 0x1f',
      'variable-end variable',
      'eof',
    ],
  ],
  [
    '{{ x.0.1 }}',
    [
      'variable-start variable',
      'symbol x',
      'operator .',
      'int 0',
      'operator .',
      'int 1',
      'variable-end variable',
      'eof',
    ],
  ],
  [
    '{{ 1_000 1e3 1.5e-7 }}',
    ['variable-start variable', 'int 1_000', 'float 1e3', 'float 1.5e-7', 'variable-end variable', 'eof'],
  ],
  [
    '{{ a // b ** c }}',
    [
      'variable-start variable',
      'symbol a',
      'operator //',
      'symbol b',
      'operator **',
      'symbol c',
      'variable-end variable',
      'eof',
    ],
  ],
  ['a{# c #}b', ['data a', 'data b', 'eof']],
  ['a {%- if -%} b', ['data a', 'block-start block', 'symbol if', 'block-end block', 'data b', 'eof']],
  ['{% raw %}{{ x }}{% endraw %}', ['data {{ x }}', 'eof']],
];

for (const [source, tokens] of CASES) test(source || 'nothing', () => assert.equal(kinds(source), tokens));

test('tokens lie in order, and their places are right', () => {
  const piece = fc.constantFrom(
    'text ',
    '\n',
    '{{ a }}',
    '{% if b %}',
    '{# c\n #}',
    '{{ "s\n" }}',
    '{%- x -%} ',
    'ä😀',
    '}}',
    '{ ',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const source = pieces.join('');
      const cut = tokenize(source, DEFAULT_SYNTAX);
      const before: { end: number } = { end: 0 };
      for (const token of cut.list) {
        assert.ok(token.start >= before.end && token.end >= token.start);
        assert.equal(placeOf(cut.source, token), { lineno: token.lineno, colno: token.colno });
        before.end = token.end;
      }
    }),
  );
});

function placeOf(source: string, token: Token): { lineno: number; colno: number } {
  const lines = source.slice(0, token.start).split('\n');
  return { lineno: lines.length - 1, colno: lines.at(-1)!.length };
}

test('no source makes the tokenizer fail otherwise than with a place', () => {
  const unit = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    '{#',
    '#}',
    'raw',
    'endraw',
    ' ',
    '\n',
    '-',
    "'",
    '"',
    '(',
    ')',
    'a',
    '1',
    '.',
    '\\',
    '|',
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (source) => {
      try {
        tokenize(source, DEFAULT_SYNTAX);
      } catch (error) {
        assert.instance(error, SyntaxProblem);
      }
    }),
    { numRuns: 2000 },
  );
});

test('newlines are one kind, and the last one goes', () => {
  assert.is(normalize('a\r\nb\rc\n', DEFAULT_SYNTAX), 'a\nb\nc');
  assert.is(normalize('a\n', { ...DEFAULT_SYNTAX, keepTrailingNewline: true }), 'a\n');
});

const ESCAPES: [string, string][] = [
  ['plain', 'plain'],
  ['a\\nb\\t\\r', 'a\nb\t\r'],
  ['\\x41\\u00e9\\U0001F600', 'Aé😀'],
  ['\\0\\101\\7', '\0A\x07'],
  ['\\d\\.\\$', '\\d\\.\\$'],
  ['\\\'\\"\\\\', `'"\\`],
  ['a\\\nb', 'ab'],
];

for (const [body, text] of ESCAPES)
  test(`escapes: ${JSON.stringify(body)}`, () => assert.is(unescapeString(body), text));

test('incomplete escapes are refused', () => {
  for (const body of ['\\x4', '\\u12', '\\U0001', '\\N{DASH}', '\\UFFFFFFFF', 'a\\'])
    assert.throws(() => unescapeString(body), /escape|Unicode/);
});

test('backslashes double only in strings of expressions', () => {
  const twice = (source: string): string => doubleBackslashes(source, DEFAULT_SYNTAX);
  assert.is(twice("{{ 'a\\1' }}"), "{{ 'a\\\\1' }}");
  assert.is(twice("a\\1 {{ x }} {% set y = 'a\\1' %}"), "a\\1 {{ x }} {% set y = 'a\\1' %}");
  assert.is(
    twice("{% raw %}{{ 'a\\1' }}{% endraw %}{{ 'b\\2' }}"),
    "{% raw %}{{ 'a\\1' }}{% endraw %}{{ 'b\\\\2' }}",
  );
  assert.is(twice('no expression \\1'), 'no expression \\1');
});

test('a header sets the syntax of the rest', () => {
  const read = (line: string) => readHeader(`${line}\nrest`, DEFAULT_SYNTAX);
  assert.is(read('#jinja2: trim_blocks: False').syntax.trimBlocks, false);
  assert.is(read("#jinja2:variable_start_string:'[[',variable_end_string:']]'").syntax.variableEnd, ']]');
  assert.is(read('#jinja2: lstrip_blocks: True').text, 'rest');
  assert.is(read('#jinja2: lstrip_blocks: True').lines, 1);
  assert.is(read('# jinja2: lstrip_blocks: True').lines, 0);
  assert.is(read('#jinja2: unknown_key: 1').lines, 1);
  assert.throws(() => read('#jinja2: trim_blocks'), /name: value/);
  assert.throws(() => read('#jinja2: trim_blocks: what'), /cannot be read/);
});

test.run();
