import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { parseKeyValue, splitArgs } from '../../lib/playbook/split-args.js';

const COMMAND_KEYS = new Set([
  'creates',
  'removes',
  'chdir',
  'executable',
  'warn',
  'stdin',
  'stdin_add_newline',
  'strip_empty_ends',
]);

const LINES = [
  'a=b c=d',
  'a=b  c="foo bar"',
  "a='x y' b=\"it's\"",
  'src=a dest={{ b }}',
  'dest={{ a b | join(" ") }}/x mode=0644',
  'a="{{ x }} y"',
  'a={% if x %}y z{% endif %} b=1',
  'a={# note #}b',
  'free form text',
  'echo a=b creates=/x',
  'echo "a b"  two   spaces',
  'echo one\necho two\n',
  'echo one \\\necho two',
  'a=b=c',
  'a=b\\=c',
  'key\\=x',
  '=x',
  'a=',
  'a="" b=\'\'',
  'a="x\\ny"',
  "a='x\\\\y'",
  'msg="a \\"b\\" c"',
  'a=b # not a comment',
  'cmd="ls -l" chdir=/tmp',
  'ls chdir=/tmp\n  -l',
  'a=\u00e9\\u00e9',
  "echo 'it''s'",
  'a=b\tc=d',
  '{{ x }}',
  '{{ "}}" }}',
  'x={{ {"a": 1}["a"] }} y=2',
];

function ours(line: string, raw: boolean): Record<string, string> {
  const { pairs, rest } = parseKeyValue(line, raw ? COMMAND_KEYS : undefined);
  const out = Object.fromEntries(pairs.map((p) => [p.key, p.value]));
  return rest === undefined ? out : { ...out, _raw_params: rest };
}

const ORACLE = `
import json, sys
from ansible.parsing.splitter import parse_kv
out = []
for line in json.load(sys.stdin):
    out.append([parse_kv(line), parse_kv(line, check_raw=True)])
json.dump(out, sys.stdout)
`;

test('lines are split as Ansible splits them', () => {
  if (!existsSync('/usr/bin/ansible-playbook')) return console.log('skipped: no ansible-playbook here');
  const text = execFileSync('/usr/bin/python3', ['-c', ORACLE], { input: JSON.stringify(LINES) });
  const theirs = JSON.parse(text.toString()) as [unknown, unknown][];
  LINES.forEach((line, i) => {
    assert.equal([ours(line, false), ours(line, true)], theirs[i], JSON.stringify(line));
  });
});

test('pieces know where they begin', () => {
  for (const line of LINES)
    for (const { text, offset } of splitArgs(line))
      assert.is(line.startsWith(text.trimEnd(), offset), true, line);
});

test('values know where they begin', () => {
  const { pairs } = parseKeyValue('src=a dest="{{ b }}"');
  assert.equal(
    pairs.map((p) => p.offset),
    [4, 12],
  );
});

for (const line of ['a="b', "it's", '{{ a', '{% if x', 'a="{{ x }} y'])
  test(`${line} is not closed`, () => {
    assert.throws(() => splitArgs(line), /not closed/);
  });

test('simple words and pairs come back', () => {
  const word = fc.stringMatching(/^[a-z]{1,5}$/);
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 5 }), fc.array(word, { maxLength: 4 }), (keys, words) => {
      const line = [...keys.map((k) => `${k}="${k} ${k}"`), ...words].join(' ');
      const { pairs, rest } = parseKeyValue(line);
      assert.equal(
        pairs.map((p) => [p.key, p.value]),
        keys.map((k) => [k, `${k} ${k}`]),
      );
      assert.is(rest ?? '', words.join(' '));
    }),
  );
});

test.run();
